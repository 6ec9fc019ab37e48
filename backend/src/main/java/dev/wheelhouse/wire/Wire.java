package dev.wheelhouse.wire;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Stands in front of the framework on every connection of HTTP/1.
public final class Wire {

    /// What a refused request becomes is one with this header. Its value begins with a secret of this process, so that
    /// no client can send it.
    public static final String HEADER = "X-Refused-By-The-Wire";

    private final int mostBytes;
    private final String secret = HexFormat.of().formatHex(SecureRandom.getSeed(16));

    /// @param mostBytes of a body, before and after its content coding is undone
    public Wire(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    int mostBytes() {
        return mostBytes;
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
    byte[] refusal(Fault fault, String path) {
        return ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s: %s %s\r\n\r\n")
                .formatted(path, HEADER, secret, fault.name())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The fault of a refused request, by its header.
    public Optional<Fault> fault(String header) {
        return header.startsWith(secret + " ")
                ? Optional.of(Fault.valueOf(header.substring(secret.length() + 1)))
                : Optional.empty();
    }

    /// What is wrong, with the limits of this server.
    public String message(Fault fault) {
        return fault.message().replace("%s", "%,d bytes".formatted(mostBytes));
    }
}
