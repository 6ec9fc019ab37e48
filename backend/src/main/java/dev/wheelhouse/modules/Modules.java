package dev.wheelhouse.modules;

import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Streaming;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The provider `gemini`: Google's Gemini by langchain4j's module, at Google AI or, by `url` and `headers`, at Vertex
/// AI.
@Singleton
public final class Modules implements ProviderSource {

    private static final String HOME = "https://generativelanguage.googleapis.com/v1beta";

    private final Outbound outbound;

    public Modules(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String provider() {
        return "gemini";
    }

    @Override
    public boolean isDemo() {
        return false;
    }

    @Override
    public @Nullable String keyVariable() {
        return "GEMINI_API_KEY";
    }

    /// Keys of a target that mean nothing on this wire are refused rather than passed over.
    @Override
    public List<Problem.Mistake> check(String path, Opening opening) {
        var target = opening.target();
        var mistakes = new ArrayList<>(Outbound.check(path, way(opening)));
        var set = new LinkedHashMap<String, @Nullable Object>();
        set.put("key-header", target.keyHeader());
        set.put("query", target.query().isEmpty() ? null : target.query());
        set.put("stream-options", target.streamOptions());
        set.put("join-turns", target.joinTurns());
        set.put("output-tokens", target.outputTokens());
        set.put("reasoning-effort", target.reasoningEffort());
        set.put("concurrency", target.concurrency());
        set.put("requests-per-minute", target.requestsPerMinute());
        set.put("context-length", target.contextLength());
        set.forEach((key, value) -> {
            if (value != null) {
                mistakes.add(Problem.Mistake.at(
                        path + "." + key,
                        "The provider \"gemini\" does not know it",
                        "Remove it, or reach the model by its address that speaks OpenAI's wire"));
            }
        });
        return mistakes;
    }

    @Override
    public Provider open(Opening opening) {
        var target = opening.target();
        var http = new SpeakHttp(
                outbound.streaming(way(opening)),
                opening.place(),
                opening.timeouts().firstChunk());
        var model = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(base(opening))
                .apiKey(Objects.requireNonNullElse(opening.key(), "none"))
                .modelName(target.name())
                .customHeaders(target::headers)
                .sendThinking(true)
                .returnThinking(true)
                .build();
        String source = "gemini %s %s"
                .formatted(target.name(), URI.create(base(opening)).getHost());
        return new ModuleModel(opening, source, model);
    }

    private static String base(Opening opening) {
        String url = opening.target().url();
        return url == null ? HOME : url.replaceFirst("/+$", "");
    }

    private static Streaming.Way way(Opening opening) {
        var target = opening.target();
        return new Streaming.Way(
                opening.timeouts().connect(), base(opening).startsWith("https:"), target.proxy(), target.caBundle());
    }
}
