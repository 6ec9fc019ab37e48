package dev.wheelhouse.parsing;

import dev.wheelhouse.parser.ParserChild;
import jakarta.inject.Singleton;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Reads files in a process of their own, which is thrown away after each: what they break, they break
/// there.
///
/// The process gets no environment and no argument but the format. It is killed when its time is over, when
/// it says more than a document may have, and when whoever waits for it is interrupted.
@Singleton
final class CagedParser {

    private static final int MOST_PIECE = 20 << 20;
    private static final Duration A_HUNDRED_PAGES = Duration.ofSeconds(1);

    private final ParserConfig config;
    private final Semaphore room;

    CagedParser(ParserConfig config) {
        this.config = config;
        room = new Semaphore(config.concurrency(), true);
    }

    Parsed read(Format format, InputStream file) throws UnreadableException, IOException, InterruptedException {
        room.acquire();
        try {
            return readAlone(format.name().toLowerCase(Locale.ROOT), format, file);
        } finally {
            room.release();
        }
    }

    /// What a caged process can do, for tests.
    List<String> probe() throws UnreadableException, IOException, InterruptedException {
        return readAlone("probe", Format.BINARY, InputStream.nullInputStream()).pages();
    }

    private Parsed readAlone(String name, Format format, InputStream file)
            throws UnreadableException, IOException, InterruptedException {
        var process = start(name);
        var end = new AtomicLong(System.nanoTime() + config.timeout().toNanos());
        var feeding = Thread.ofVirtual().start(() -> feed(file, process.getOutputStream()));
        var watching = Thread.ofVirtual().start(() -> killInTime(process, end));
        try (var said = new DataInputStream(process.getInputStream())) {
            var parsed = listen(format, said, end);
            if (parsed == null) {
                throw ended(process, end);
            }
            return parsed;
        } finally {
            process.destroyForcibly();
            watching.interrupt();
            feeding.join();
        }
    }

    private Process start(String format) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + config.heap(),
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                config.classPath(),
                ParserChild.class.getName(),
                format,
                Integer.toString(config.maxPages())));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return builder.start();
    }

    private void feed(InputStream file, OutputStream to) {
        try (to) {
            file.transferTo(to);
        } catch (IOException | RuntimeException gone) {
            // The process has ended, which whoever listens to it sees.
        }
    }

    private static void killInTime(Process process, AtomicLong end) {
        try {
            while (process.isAlive()) {
                long left = end.get() - System.nanoTime();
                if (left <= 0) {
                    process.destroyForcibly();
                    return;
                }
                process.waitFor(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException over) {
            // It has been read.
        }
    }

    /// Null where it broke off.
    private Parsed listen(Format format, DataInputStream said, AtomicLong end) throws UnreadableException, IOException {
        var pages = new ArrayList<String>();
        var warnings = new LinkedHashSet<String>();
        String title = "";
        long begun = end.get();
        try {
            while (true) {
                char kind = (char) said.readByte();
                String text = text(said);
                switch (kind) {
                    case 'p' -> pages.add(text);
                    case 't' -> title = text;
                    case 'w' -> warnings.add(text);
                    case 'e' -> throw refused(text);
                    case 'z' -> {
                        return new Parsed(mediaType(format), title, pages, List.copyOf(warnings));
                    }
                    default -> throw new UnreadableException(Reason.PARSER_CRASHED, "It said what nobody understands");
                }
                end.set(begun + A_HUNDRED_PAGES.toNanos() * pages.size() / 100);
            }
        } catch (EOFException brokenOff) {
            return null;
        }
    }

    private static String mediaType(Format format) {
        return format.mediaType();
    }

    private static String text(DataInputStream said) throws IOException, UnreadableException {
        int length = said.readInt();
        if (length < 0 || length > MOST_PIECE) {
            throw new UnreadableException(Reason.TEXT_TOO_LONG, "A page of %,d bytes".formatted(length));
        }
        byte[] bytes = said.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static UnreadableException refused(String text) {
        int line = text.indexOf('\n');
        var reason = Reason.of(text.substring(0, line)).orElse(Reason.PARSER_CRASHED);
        return new UnreadableException(reason, text.substring(line + 1));
    }

    private static UnreadableException ended(Process process, AtomicLong end) throws InterruptedException {
        process.waitFor(5, TimeUnit.SECONDS);
        boolean isLate = System.nanoTime() >= end.get();
        return isLate
                ? new UnreadableException(Reason.PARSE_TIMEOUT, "It was stopped when its time was over")
                : new UnreadableException(
                        Reason.PARSER_CRASHED,
                        "The parser ended with code %d".formatted(process.isAlive() ? -1 : process.exitValue()));
    }
}
