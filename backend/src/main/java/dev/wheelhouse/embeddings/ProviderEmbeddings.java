package dev.wheelhouse.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.embeddings.EmbedByHalves.RefusedException;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server that speaks OpenAI's protocol for embeddings, which Ollama, vLLM and others do too.
final class ProviderEmbeddings implements EmbeddingModel {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 16 << 20;

    /// How servers refuse what they are sent: too long, too much at once, or not liked. Other answers are about the
    /// server, its key or its model, and hold for every text.
    private static final Set<Integer> OF_TEXTS = Set.of(400, 413, 422);

    private final EmbeddingsConfig config;
    private final Outbound outbound;
    private final EmbedByHalves byHalves = new EmbedByHalves(this::ask);

    ProviderEmbeddings(EmbeddingsConfig config, Outbound outbound) {
        if (config.url() == null || config.url().isBlank()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "knowledge.embeddings.provider is openai, and knowledge.embeddings.url is not set",
                    "Set it to an address such as https://api.openai.com/v1");
        }
        this.config = config;
        this.outbound = outbound;
    }

    /// With another number of dimensions it is another model: their vectors never meet.
    @Override
    public String name() {
        return config.dimensions() > 0 ? config.model() + "@" + config.dimensions() : config.model();
    }

    @Override
    public boolean isMultilingual() {
        return config.multilingual();
    }

    @Override
    public @Nullable Integer dimensions() {
        return config.dimensions() > 0 ? config.dimensions() : null;
    }

    @Override
    public Embedded embed(List<String> texts, Purpose purpose) {
        float[][] vectors = new float[texts.size()][];
        long tokens = 0;
        for (int from = 0; from < vectors.length; from += config.batch()) {
            var some = byHalves.embed(texts.subList(from, Math.min(vectors.length, from + config.batch())));
            System.arraycopy(some.vectors(), 0, vectors, from, some.vectors().length);
            tokens += some.tokens();
        }
        return new Embedded(vectors, tokens);
    }

    private Embedded ask(List<String> texts) throws RefusedException {
        var body = Json.mapper().createObjectNode().put("model", config.model());
        // Servers refuse a text without a letter, which a passage may come down to.
        texts.forEach(text -> body.withArray("input").add(text.isBlank() ? "-" : text));
        body.put("encoding_format", "float");
        if (config.dimensions() > 0) {
            body.put("dimensions", config.dimensions());
        }
        var answer = send(body.toString());
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() != 200) {
            String why = "it answered %d: %s".formatted(answer.status(), Text.shorten(text, 200));
            if (OF_TEXTS.contains(answer.status())) {
                throw new RefusedException(why);
            }
            throw away(why);
        }
        var json = Json.readPictures(text);
        return new Embedded(
                vectors(json.path("data"), texts.size()),
                json.path("usage").path("prompt_tokens").asLong());
    }

    private record Answer(int status, byte[] body) {}

    private Answer send(String body) {
        Map<String, String> headers = config.key() == null || config.key().isBlank()
                ? Map.of()
                : Map.of("Authorization", "Bearer " + config.key());
        String url = String.valueOf(config.url()).replaceAll("/+$", "") + "/embeddings";
        var sending = Sending.post(url, headers, body).within(LONGEST, MOST_BYTES);
        try {
            return outbound.send(
                    sending,
                    outbound.operators(),
                    (head, content) -> new Answer(head.status(), content.readAllBytes()));
        } catch (Problem away) {
            throw away.code() == ErrorCode.NOT_READY ? away : away(away.message());
        }
    }

    private static float[][] vectors(JsonNode data, int wanted) {
        float[][] vectors = new float[wanted][];
        for (var one : data) {
            int index = one.path("index").asInt();
            var numbers = one.path("embedding");
            if (index < wanted && index >= 0 && !numbers.isEmpty()) {
                float[] vector = new float[numbers.size()];
                for (int at = 0; at < vector.length; at++) {
                    vector[at] = (float) numbers.path(at).asDouble();
                }
                vectors[index] = Vectors.normalized(vector);
            }
        }
        for (float[] vector : vectors) {
            if (vector == null) {
                throw away("it sent fewer vectors than it was sent texts");
            }
        }
        return vectors;
    }

    private static Problem away(String why) {
        return new Problem(
                ErrorCode.NOT_READY, "The embedding model's server did not do its work: " + why, "Check its settings");
    }
}
