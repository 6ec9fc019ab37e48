package dev.wheelhouse.parser;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The caged process: a file on standard input, its format and the most pages as arguments, pages on
/// standard output.
public final class ParserChild {

    private static final List<String> OWN = List.of(
            "RefusedException",
            "PageWriter",
            "Archive",
            "ReadOpenDocument",
            "ReadOpenDocument$Walk",
            "ReadBook",
            "ReadEmail",
            "ReadEmail$Part",
            "ParserChild$Attempt");

    private ParserChild() {}

    /// Reads a file of one format.
    @FunctionalInterface
    interface Reader {
        void read(byte[] file, PageWriter pages) throws Exception;
    }

    /// @param arguments the format, such as `pdf`; the most pages
    public static void main(String[] arguments) throws Throwable {
        var pages = new PageWriter(new FileOutputStream(FileDescriptor.out));
        String format = arguments[0];
        int mostPages = Integer.parseInt(arguments[1]);
        try {
            byte[] file = System.in.readAllBytes();
            var reader = reader(format, mostPages);
            warm(format);
            if (Cage.isPossible()) {
                Cage.shut();
            }
            reader.read(file, pages);
        } catch (RefusedException e) {
            pages.refused(e.code(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            pages.refused("too_large", "It takes more memory than a parser may have");
        } catch (LinkageError e) {
            pages.refused("parser_crashed", e.getClass().getSimpleName());
        } catch (Exception e) {
            pages.refused(
                    reason(e),
                    "It cannot be read to its end (%s)".formatted(e.getClass().getSimpleName()));
        }
        pages.end();
        Runtime.getRuntime().halt(0);
    }

    private static Reader reader(String format, int mostPages) throws RefusedException {
        return switch (format) {
            case "pdf" -> new ReadPdf(mostPages);
            case "docx" -> new ReadWord();
            case "pptx" -> new ReadSlides(mostPages);
            case "xlsx" -> new ReadSheets(mostPages);
            case "open_document" -> new ReadOpenDocument(mostPages);
            case "epub" -> new ReadBook(mostPages);
            case "email" -> new ReadEmail();
            case "old_office" -> new ReadOldOffice();
            case "probe" -> (file, pages) -> probe(pages);
            default -> throw new RefusedException("unsupported_type", "This is " + format);
        };
    }

    /// Libraries open files of their own when they are first used, which is not possible later.
    private static void warm(String format) {
        ClassLoader.getSystemResource("opens/every/jar");
        loadOwn();
        try {
            switch (format) {
                case "pdf" -> ReadPdf.warm();
                case "docx" -> ReadWord.warm();
                case "pptx" -> ReadSlides.warm();
                case "xlsx" -> ReadSheets.warm();
                case "old_office" -> ReadOldOffice.warm();
                case "open_document", "epub", "email" -> ReadBook.warm();
                default -> {}
            }
        } catch (Exception | LinkageError e) {
            System.err.println("The parser was not warmed up: " + e);
        }
    }

    /// Our own classes may lie in a folder, of which each is a file.
    private static void loadOwn() {
        for (String name : OWN) {
            try {
                Class.forName(ParserChild.class.getPackageName() + "." + name);
            } catch (ClassNotFoundException e) {
                System.err.println("The parser has no " + name);
            }
        }
    }

    /// What a parser says in its own words.
    private static String reason(Exception e) {
        String said = (e.getClass().getSimpleName() + " " + e.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("password") || said.contains("encrypt")) {
            return "encrypted";
        }
        if (said.contains("bomb") || said.contains("exceed") || said.contains("too many") || said.contains("maximum")) {
            return "too_large";
        }
        return "damaged";
    }

    /// Tries what must not be possible, for the tests and for whoever looks after the platform.
    private static void probe(PageWriter pages) throws IOException, RefusedException {
        pages.page("net " + tried(() -> new ServerSocket(0).close()));
        pages.page("exec " + tried(() -> new ProcessBuilder("/bin/true").start()));
        pages.page("file " + tried(() -> Files.readAllBytes(Path.of("/etc/hostname"))));
        pages.page("write " + tried(() -> Files.writeString(Path.of("/tmp/out-of-the-cage"), "x")));
        pages.page("thread "
                + tried(() -> {
                    var thread = new Thread(() -> {});
                    thread.start();
                    thread.join();
                }));
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static String tried(Attempt attempt) {
        try {
            attempt.run();
            return "allowed";
        } catch (Exception | LinkageError e) {
            return "refused";
        }
    }
}
