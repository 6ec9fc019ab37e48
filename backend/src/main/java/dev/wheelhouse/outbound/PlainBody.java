package dev.wheelhouse.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// An answer on a plain connection: its head, then its body as a stream. A body that was read to its end leaves the
/// connection to the next request; one that is closed before closes it, from any thread.
final class PlainBody extends InputStream {

    private static final int LONGEST_HEAD = 256 << 10;
    private static final int LONGEST_LINE = 8 << 10;
    private static final int ROOM = 8 << 10;

    /// How the body ends.
    private enum Framing {
        CHUNKED,
        LENGTH,
        CLOSE
    }

    /// What becomes of a connection whose answer is over.
    @FunctionalInterface
    interface Kept {
        void keep() throws IOException;
    }

    private final SocketChannel channel;
    private final InputStream arriving;
    private final Kept kept;
    private final byte[] buffer = new byte[ROOM];
    private int at;
    private int limit;
    private int headLeft = LONGEST_HEAD;
    private Framing framing = Framing.CLOSE;
    private boolean isKept;

    /// Of the chunk, or of the whole.
    private long left;

    private boolean isFirstChunk = true;
    private boolean isRead;

    /// Whoever sets it disposes of the connection, once.
    private final AtomicBoolean isOver = new AtomicBoolean();

    PlainBody(SocketChannel channel, Kept kept) throws IOException {
        this.channel = channel;
        this.kept = kept;
        arriving = channel.socket().getInputStream();
    }

    /// @param end by which nanoTime the head has to be there
    Streaming.Answer answer(long end) throws IOException {
        int status;
        TreeMap<String, List<String>> fields;
        boolean isOld;
        do {
            String[] first = headLine(end).split(" ", 3);
            status = first.length > 1 && first[0].startsWith("HTTP/1.") ? number(first[1], 10) : -1;
            if (status < 100 || status > 999) {
                throw new IOException("This is no answer of HTTP: " + first[0]);
            }
            isOld = first[0].equals("HTTP/1.0");
            fields = fields(end);
        } while (status < 200 && status != 101);
        channel.socket().setSoTimeout(0);
        var headers = HttpHeaders.of(fields, (_, _) -> true);
        frame(status, headers, isOld);
        return new Streaming.Answer(status, headers, this);
    }

    private void frame(int status, HttpHeaders headers, boolean isOld) throws IOException {
        var lengths = headers.allValues("Content-Length").stream().distinct().toList();
        boolean isChunked = String.join(",", headers.allValues("Transfer-Encoding"))
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked");
        isKept = !isOld
                && headers.allValues("Connection").stream()
                        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
        if (status == 204 || status == 304) {
            framing = Framing.LENGTH;
        } else if (isChunked) {
            framing = Framing.CHUNKED;
        } else if (!lengths.isEmpty()) {
            framing = Framing.LENGTH;
            left = length(lengths);
        } else {
            isKept = false;
        }
        if (framing == Framing.LENGTH && left == 0) {
            end();
        }
    }

    private static long length(List<String> lengths) throws IOException {
        try {
            long length =
                    lengths.size() == 1 ? Long.parseLong(lengths.getFirst().strip()) : -1;
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IOException("The answer's length is " + lengths);
    }

    private TreeMap<String, List<String>> fields(long end) throws IOException {
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (String line = headLine(end); !line.isEmpty(); line = headLine(end)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip();
            if (!name.isEmpty()) {
                fields.computeIfAbsent(name, none -> new ArrayList<>(1))
                        .add(line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private String headLine(long end) throws IOException {
        var line = new StringBuilder(80);
        while (true) {
            if (at == limit) {
                allow(end);
                if (!fill()) {
                    throw new EOFException("The connection was closed before there was an answer");
                }
            }
            char next = (char) (buffer[at++] & 0xFF);
            if (--headLeft < 0) {
                throw new IOException("The head of the answer is too long");
            }
            if (next == '\n') {
                int length = line.length();
                boolean isReturn = length > 0 && line.charAt(length - 1) == '\r';
                return line.substring(0, isReturn ? length - 1 : length);
            }
            line.append(next);
        }
    }

    private void allow(long end) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("The time is up");
        }
        channel.socket().setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, arriving.read(buffer, 0, ROOM));
        return limit > 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0 || isRead) {
            return length == 0 ? 0 : -1;
        }
        if (isOver.get()) {
            throw new IOException("The body was closed");
        }
        if (framing == Framing.CHUNKED && left == 0 && !hasChunk()) {
            return -1;
        }
        if (at == limit && !fill()) {
            if (framing == Framing.CLOSE) {
                end();
                return -1;
            }
            throw new EOFException("The connection was closed in the middle of the answer");
        }
        int most = framing == Framing.CLOSE ? length : (int) Math.min(length, left);
        int read = Math.min(most, limit - at);
        System.arraycopy(buffer, at, into, from, read);
        at += read;
        left -= read;
        if (framing == Framing.LENGTH && left == 0) {
            end();
        }
        return read;
    }

    /// What can be read without waiting.
    @Override
    public int available() {
        return isRead ? 0 : (int) Math.min(limit - at, framing == Framing.CLOSE ? ROOM : left);
    }

    private boolean hasChunk() throws IOException {
        if (!isFirstChunk && !bodyLine().isEmpty()) {
            throw new IOException("A piece of the answer is longer than it says");
        }
        isFirstChunk = false;
        String line = bodyLine();
        int extension = line.indexOf(';');
        left = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        if (left < 0) {
            throw new IOException("The length of a piece of the answer is \"" + line + "\"");
        }
        if (left > 0) {
            return true;
        }
        // What follows the last piece says nothing that anybody needs.
        for (String trailer = bodyLine(); !trailer.isEmpty() && headLeft > 0; trailer = bodyLine()) {
            headLeft -= trailer.length();
        }
        end();
        return false;
    }

    private String bodyLine() throws IOException {
        var line = new StringBuilder(8);
        while (true) {
            if (at == limit && !fill()) {
                throw new EOFException("The connection was closed in the middle of the answer");
            }
            byte next = buffer[at++];
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("The length of a piece of the answer is too long");
            }
        }
    }

    private static int number(String text, int radix) {
        try {
            return text.startsWith("+") ? -1 : Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void end() throws IOException {
        isRead = true;
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        if (isKept && at == limit) {
            kept.keep();
        } else {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (isOver.compareAndSet(false, true)) {
            channel.close();
        }
    }
}
