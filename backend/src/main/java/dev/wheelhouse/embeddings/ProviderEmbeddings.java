package dev.wheelhouse.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server that speaks OpenAI's protocol for embeddings, which Ollama, vLLM and others do too.
final class ProviderEmbeddings implements EmbeddingModel {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 16 << 20;

    private final EmbeddingsConfig config;
    private final Outbound outbound;

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
            var some = texts.subList(from, Math.min(vectors.length, from + config.batch()));
            JsonNode answer = ask(some);
            float[][] part = vectors(answer.path("data"), some.size());
            System.arraycopy(part, 0, vectors, from, part.length);
            tokens += answer.path("usage").path("prompt_tokens").asLong();
        }
        return new Embedded(vectors, tokens);
    }

    private JsonNode ask(List<String> texts) {
        var body = Json.mapper().createObjectNode().put("model", config.model());
        // Servers refuse a text without a letter, which a passage may come down to.
        texts.forEach(text -> body.withArray("input").add(text.isBlank() ? "-" : text));
        body.put("encoding_format", "float");
        if (config.dimensions() > 0) {
            body.put("dimensions", config.dimensions());
        }
        Map<String, String> headers = config.key() == null || config.key().isBlank()
                ? Map.of()
                : Map.of("Authorization", "Bearer " + config.key());
        String url = String.valueOf(config.url()).replaceAll("/+$", "") + "/embeddings";
        var sending = Sending.post(url, headers, body.toString()).within(LONGEST, MOST_BYTES);
        try {
            return outbound.send(sending, outbound.operators(), (head, content) -> {
                String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                if (head.status() != 200) {
                    throw refused("it answered %d: %s".formatted(head.status(), Text.shorten(text, 200)));
                }
                return Json.readPictures(text);
            });
        } catch (Problem away) {
            throw away.code() == ErrorCode.NOT_READY ? away : refused(away.message());
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
                throw refused("it sent fewer vectors than it was sent texts");
            }
        }
        return vectors;
    }

    private static Problem refused(String why) {
        return new Problem(
                ErrorCode.NOT_READY, "The embedding model's server did not do its work: " + why, "Check its settings");
    }
}
