package dev.wheelhouse.wire;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Stands in front of the framework on every connection of HTTP/1.
public final class Wire {

    /// What a refused request becomes is one with this header. Its value begins with a secret of this process, so that
    /// no client can send it.
    public static final String HEADER = "X-Refused-By-The-Wire";

    /// Bytes of a body that are read whoever sends them.
    public static final int UNASKED = 64 << 10;

    private final int mostBytes;
    private final BodyMemory memory;
    private final Duration patience;
    private final Gate gate;
    private final String secret = HexFormat.of().formatHex(SecureRandom.getSeed(16));

    /// @param mostBytes of a body, before and after its content coding is undone
    /// @param memory bytes that all connections together hold of requests that have not come as a whole
    /// @param patience how long a caller whose credentials are valid waits for room
    public Wire(int mostBytes, long memory, Duration patience, Gate gate) {
        this.mostBytes = mostBytes;
        this.memory = new BodyMemory(memory);
        this.patience = patience;
        this.gate = gate;
    }

    int mostBytes() {
        return mostBytes;
    }

    BodyMemory memory() {
        return memory;
    }

    Duration patience() {
        return patience;
    }

    Gate gate() {
        return gate;
    }

    /// Bytes that are held right now of requests that have not come as a whole yet, room that is reserved among them.
    public long heldBytes() {
        return memory.bytes();
    }

    public void guard(ChannelPipeline pipeline) {
        var codec = pipeline.context(HttpServerCodec.class);
        if (codec != null && pipeline.get(CheckRequests.class) == null) {
            var answers = new Answers();
            pipeline.addBefore(codec.name(), "check-requests", new CheckRequests(this, answers));
            pipeline.addAfter(codec.name(), "answers", answers);
        }
    }

    /// @param path what was asked for, so that the refusal has the form of its answers
    byte[] refusal(Problem problem, String path) {
        return ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s: %s %s %s %s\r\n\r\n")
                .formatted(
                        path,
                        HEADER,
                        secret,
                        problem.code().name(),
                        hidden(problem.getMessage()),
                        hidden(problem.hint() == null ? "" : problem.hint()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String hidden(String text) {
        return "=" + Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(String text) {
        return new String(Base64.getUrlDecoder().decode(text.substring(1)), StandardCharsets.UTF_8);
    }

    /// Why a request was refused, by its header.
    public Optional<Problem> refusal(String header) {
        String[] parts = header.split(" ");
        if (parts.length != 4 || !parts[0].equals(secret)) {
            return Optional.empty();
        }
        String hint = shown(parts[3]);
        return Optional.of(new Problem(ErrorCode.valueOf(parts[1]), shown(parts[2]), hint.isEmpty() ? null : hint));
    }
}
