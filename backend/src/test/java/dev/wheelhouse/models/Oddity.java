package dev.wheelhouse.models;

import dev.wheelhouse.base.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.yaml.snakeyaml.Yaml;

/// One thing that a model server was seen to send, and what is meant by it: an entry of `src/test/resources/oddities`.
///
/// | key | what |
/// |---|---|
/// | `name` | the kind, in a few words |
/// | `frames` | the events of a stream, each JSON or one of the short forms of [ShortForms] |
/// | `raw` | the body byte by byte, in place of `frames` |
/// | `status`, `type`, `headers`, `pack` | of the response: 200, `text/event-stream`, none, not packed |
/// | `done` | false for a stream of OpenAI's without `[DONE]` at its end |
/// | `end` | `close` as is proper, `cut` in the middle of the body, `open` for ever |
/// | `then` | what comes to the second request: `good`; otherwise the same again |
/// | `text`, `calls`, `finish`, `use`, `guessed` | what the answer is |
/// | `code`, `says`, `hint`, `asked`, `pause` | what the failure is, how often the server was asked, the first pause |
record Oddity(String file, Map<String, Object> entry) {

    private static final Set<FakeWire> SPEAK_OPENAI = Set.of(FakeWire.OPENAI, FakeWire.AZURE, FakeWire.MISTRAL);
    private static final Path FOLDER = Path.of("src/test/resources/oddities");

    /// What came of it, as far as the entry says something about it.
    record Told(Map<String, Object> what) {}

    static List<Oddity> all() throws IOException {
        var all = new ArrayList<Oddity>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.sorted().toList()) {
                List<Map<String, Object>> entries = new Yaml().load(Files.readString(file));
                entries.forEach(entry -> all.add(new Oddity(file.getFileName().toString(), entry)));
            }
        }
        return all;
    }

    String name() {
        return file.replace(".yaml", ": ") + entry.get("name");
    }

    String place(int cut) {
        return name() + (cut == 0 ? "" : ", in pieces of up to %d bytes".formatted(cut));
    }

    FakeWire wire() {
        return Stream.of(FakeWire.values())
                .filter(wire -> file.startsWith(wire.provider() + "."))
                .findFirst()
                .orElse(FakeWire.OPENAI);
    }

    ModelCall call() {
        return TestModels.call("Hello");
    }

    Told expected() {
        var what = new TreeMap<String, Object>();
        for (var key : List.of("text", "calls", "finish", "use", "guessed", "code", "says", "hint", "asked", "pause")) {
            if (entry.containsKey(key)) {
                what.put(key, plain(key));
            }
        }
        if (!entry.containsKey("code")) {
            what.putIfAbsent("text", "");
            what.putIfAbsent("calls", "[]");
        }
        return new Told(what);
    }

    private Object plain(String key) {
        return key.equals("calls") ? Json.read(Json.write(entry.get(key))).toString() : String.valueOf(entry.get(key));
    }

    Told told(ModelReply reply, int asked) {
        var calls = Json.mapper().createArrayNode();
        for (var call : reply.toolCalls()) {
            calls.addArray().add(call.tool()).add(Json.read(call.arguments()));
        }
        var use = List.of(reply.use().input(), reply.use().cached(), reply.use().output());
        var what = new TreeMap<String, Object>(Map.of(
                "text", reply.text(),
                "calls", calls.toString(),
                "finish", reply.finish(),
                "use", use.toString(),
                "guessed", String.valueOf(!reply.counted()),
                "asked", String.valueOf(asked)));
        what.keySet().retainAll(expected().what().keySet());
        return new Told(what);
    }

    Told told(ModelException e, int asked, List<Duration> pauses) {
        var what = new TreeMap<String, Object>(Map.of(
                "code", e.code(),
                "says", contains(e.sentence(), "says"),
                "hint", contains(String.valueOf(e.hint()), "hint"),
                "asked", String.valueOf(asked),
                "pause",
                        pauses.isEmpty()
                                ? "none"
                                : String.valueOf(pauses.getFirst().toMillis())));
        what.keySet().retainAll(expected().what().keySet());
        if (!entry.containsKey("code")) {
            what.put("failed", e.code() + ": " + e.sentence());
        }
        return new Told(what);
    }

    /// The wanted words where they are in the sentence, else the whole of it.
    private String contains(String sentence, String key) {
        String wanted = String.valueOf(entry.get(key));
        return sentence.contains(wanted) ? wanted : sentence;
    }

    FakeProvider.Reply reply(int request, int cut) {
        if (request > 1 && "good".equals(entry.get("then"))) {
            return FakeReplies.stream(wire().text(new TokenUse(10, 0, 2), "Fine"));
        }
        return (out, connection) -> {
            byte[] body = packed(body().getBytes(FakeEventStream.charset(body())));
            out.write(head().getBytes(StandardCharsets.UTF_8));
            out.flush();
            write(out, body, cut);
            switch (String.valueOf(entry.getOrDefault("end", "close"))) {
                case "open" -> connection.awaitHangUp();
                case "cut" -> {}
                default -> out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
        };
    }

    private String head() {
        var head = new StringBuilder("HTTP/1.1 %s Said\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n"
                .formatted(entry.getOrDefault("status", 200), entry.getOrDefault("type", "text/event-stream")));
        if (entry.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
        }
        return head.append("Connection: close\r\n\r\n").toString();
    }

    private String body() {
        if (entry.get("raw") instanceof String raw) {
            return raw;
        }
        var body = new StringBuilder();
        if (entry.get("frames") instanceof List<?> frames) {
            frames.forEach(frame -> body.append(ShortForms.event(wire(), String.valueOf(frame))));
        }
        boolean isDone = SPEAK_OPENAI.contains(wire()) && !Boolean.FALSE.equals(entry.get("done"));
        return body.append(isDone ? "data: [DONE]\n\n" : "").toString();
    }

    private byte[] packed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (String.valueOf(entry.get("pack"))) {
                    case "gzip" -> new GZIPOutputStream(bytes);
                    case "deflate" -> new DeflaterOutputStream(bytes);
                    default -> bytes;
                }) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /// In one chunk, or in chunks of one to so many bytes, the same ones each time.
    private void write(OutputStream out, byte[] body, int cut) throws IOException {
        var random = new Random(name().hashCode());
        for (int at = 0; at < body.length; ) {
            int length = cut == 0 ? body.length : Math.min(body.length - at, 1 + random.nextInt(cut));
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += length;
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
