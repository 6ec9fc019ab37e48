package dev.wheelhouse.wire;

import dev.wheelhouse.http.TestServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// A connection that sends any bytes whatever, and reads answers one by one.
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern REPEAT = Pattern.compile("\\{([^{}*]+)\\*(\\d+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    record Answer(String head, String body) {
        String status() {
            return head.split(" ")[1];
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Whoever refuses early may close while we still send.
    void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // what was answered can be read all the same
        }
    }

    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    void sendSlowly(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += 7) {
            send(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7)));
        }
    }

    Answer answer(boolean isHead) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("The connection ended in the head: " + head);
            }
            head.append((char) one);
        }
        var length = LENGTH.matcher(head);
        boolean isBodiless = isHead || head.toString().matches("(?s)HTTP/1.1 (1..|204|304).*");
        if (isBodiless) {
            return new Answer(head.toString(), "");
        }
        if (!length.find()) {
            throw new IOException("No length: " + head);
        }
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        return new Answer(head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    /// The answer after those of 1xx: whether "100 Continue" is said depends on how soon the body came (RFC
    /// 9110, 10.1.1).
    Answer lastAnswer(boolean isHead) throws IOException {
        var answer = answer(isHead);
        return answer.status().startsWith("1") ? lastAnswer(isHead) : answer;
    }

    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// The bytes of a probe.
    static byte[] bytes(String request) throws IOException {
        String text = request.replace("{K}", "Authorization: Bearer " + TestServer.KEY + "\\r\\n");
        text = REPEAT.matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        found.group(1).repeat(Integer.parseInt(found.group(2)))));
        for (var name : new String[] {"gzip", "zlib", "raw", "bomb"}) {
            if (text.contains("{" + name + "}")) {
                String body = new String(body(name), StandardCharsets.ISO_8859_1);
                text = text.replace("{" + name + "#}", "" + body.length());
                String before = unescaped(text.substring(0, text.indexOf("{" + name + "}")));
                return (before + body).getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        return unescaped(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        switch (found.group(1).charAt(0)) {
                            case 'r' -> "\r";
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'x' ->
                                String.valueOf(
                                        (char) Integer.parseInt(found.group(1).substring(1), 16));
                            default -> found.group(1);
                        }));
    }

    private static byte[] body(String name) throws IOException {
        byte[] plain =
                name.equals("bomb") ? new byte[20_000_000] : "{\"title\":\"a\"}".getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream();
        try (var coded =
                switch (name) {
                    case "zlib" -> new DeflaterOutputStream(out);
                    case "raw" -> new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
                    default -> new GZIPOutputStream(out);
                }) {
            coded.write(plain);
        }
        return out.toByteArray();
    }
}
