package dev.wheelhouse.embeddings;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.embeddings.EmbeddingModel.Embedded;
import java.util.List;
import java.util.stream.Stream;

/// Finds which of many texts a server refuses: what it refuses together is sent again in halves. A text that is refused
/// alone is cut at its end, since most are refused for their length.
final class EmbedByHalves {

    /// Characters. What is refused although it is as short is refused for what it says.
    private static final int SHORT = 256;

    private static final String HARMLESS = "text";

    private final Server server;

    EmbedByHalves(Server server) {
        this.server = server;
    }

    @FunctionalInterface
    interface Server {
        Embedded embed(List<String> texts) throws RefusedException;
    }

    /// The server answered, and wants other texts.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    /// Refuses with `bad_request` where the server takes all texts but one of these.
    Embedded embed(List<String> texts) {
        try {
            return server.embed(texts);
        } catch (RefusedException refused) {
            int half = texts.size() / 2;
            return half == 0
                    ? shorter(texts.getFirst(), refused)
                    : joined(embed(texts.subList(0, half)), embed(texts.subList(half, texts.size())));
        }
    }

    private Embedded shorter(String text, RefusedException refused) {
        if (text.length() > SHORT) {
            return embed(List.of(Text.shorten(text, text.length() / 2)));
        }
        try {
            server.embed(List.of(HARMLESS));
        } catch (RefusedException all) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The embedding model's server refuses every text: " + all.getMessage(),
                    "Check its settings");
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST,
                "The embedding model's server refuses \"%s\": %s"
                        .formatted(Text.shorten(text, 80), refused.getMessage()),
                "Leave this text out, or use a model that takes it");
    }

    private static Embedded joined(Embedded first, Embedded second) {
        float[][] vectors =
                Stream.of(first.vectors(), second.vectors()).flatMap(Stream::of).toArray(float[][]::new);
        return new Embedded(vectors, first.tokens() + second.tokens());
    }
}
