package dev.wheelhouse.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Streaming;
import dev.wheelhouse.providers.Providers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gemini by langchain4j's module: at Google AI with a key, at Vertex AI with an account of Google.
final class GeminiSource implements ProviderSource {

    /// Where it is asked.
    enum Home {
        GOOGLE_AI("gemini", "GEMINI_API_KEY"),
        VERTEX_AI("vertex", "GOOGLE_APPLICATION_CREDENTIALS");

        private final String provider;
        private final String keyVariable;

        Home(String provider, String keyVariable) {
            this.provider = provider;
            this.keyVariable = keyVariable;
        }
    }

    private static final String GOOGLE_AI = "https://generativelanguage.googleapis.com/v1beta";
    private static final String USUAL_LOCATION = "global";

    private final Home home;
    private final Outbound outbound;
    private final InstantSource clock;

    GeminiSource(Home home, Outbound outbound, InstantSource clock) {
        this.home = home;
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return home.provider;
    }

    @Override
    public boolean isDemo() {
        return false;
    }

    @Override
    public String keyVariable() {
        return home.keyVariable;
    }

    @Override
    public boolean needsKey(TargetConfig target) {
        return home == Home.GOOGLE_AI ? target.url() == null : target.headers().isEmpty();
    }

    /// Keys of a target that mean nothing on this wire are refused rather than passed over.
    @Override
    public List<Problem.Mistake> check(String path, Opening opening) {
        var target = opening.target();
        var mistakes = new ArrayList<Problem.Mistake>();
        var set = new LinkedHashMap<String, @Nullable Object>();
        set.put("key-header", target.keyHeader());
        set.put("query", target.query().isEmpty() ? null : target.query());
        set.put("stream-options", target.streamOptions());
        set.put("join-turns", target.joinTurns());
        set.put("output-tokens", target.outputTokens());
        set.put("keep-alive", target.keepAlive());
        set.put("region", home == Home.GOOGLE_AI ? target.region() : null);
        set.forEach((key, value) -> {
            if (value != null) {
                mistakes.add(Problem.Mistake.at(
                        path + "." + key,
                        "The provider \"%s\" does not know it".formatted(home.provider),
                        "Remove it, or reach the model by its address that speaks OpenAI's wire"));
            }
        });
        String region = target.region();
        if (region != null && !region.matches("[a-z0-9-]{1,40}")) {
            mistakes.add(Problem.Mistake.at(
                    path + ".region", "It is \"%s\"".formatted(region), "Write one such as europe-west4"));
        }
        try {
            key(opening);
        } catch (Problem wrong) {
            mistakes.add(Problem.Mistake.at(path + ".key-env", wrong.getMessage(), String.valueOf(wrong.hint())));
        }
        if (base(opening) == null) {
            mistakes.add(Problem.Mistake.at(
                    path + ".url",
                    "It is not known whose project is asked",
                    "Set GOOGLE_CLOUD_PROJECT, or write the url with the project and the location"));
        } else {
            mistakes.addAll(Outbound.check(path, way(opening)));
        }
        return mistakes;
    }

    @Override
    public Provider open(Opening opening) {
        var target = opening.target();
        var streaming = outbound.streaming(way(opening));
        String key = key(opening);
        var credentials = home == Home.VERTEX_AI && key != null
                ? Credentials.google(key, opening.place(), streaming, clock)
                : Credentials.key("x-goog-api-key", "", key);
        var http = new SpeakHttp(
                streaming, opening.place(), opening.timeouts().firstChunk(), target.headers(), credentials);
        String source = "%s %s %s"
                .formatted(
                        home.provider,
                        target.name(),
                        URI.create(String.valueOf(base(opening))).getHost());
        return Providers.withinLimits(
                opening, new ModuleModel(opening, source, http, effort -> model(opening, http, effort)));
    }

    private GoogleAiGeminiStreamingChatModel model(Opening opening, SpeakHttp http, boolean withEffort) {
        var target = opening.target();
        var builder = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(String.valueOf(base(opening)))
                .modelName(target.name())
                .sendThinking(true)
                .returnThinking(true);
        String effort = target.reasoningEffort();
        if (effort != null && withEffort) {
            builder.thinkingConfig(
                    GeminiThinkingConfig.builder().thinkingLevel(effort).build());
        }
        return builder.build();
    }

    /// Of Vertex AI, the JSON of the account, where the key is the name of a file that has it too.
    private @Nullable String key(Opening opening) {
        String key = opening.key();
        if (home == Home.GOOGLE_AI || key == null) {
            return key;
        }
        String text = key.startsWith("{") || !key.matches("[^\\s]*[/\\\\.][^\\s]*\\.json|/\\S+") ? key : read(key);
        Credentials.checkGoogle(text);
        return text;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw Credentials.refused(
                    "The account's file \"%s\" cannot be read".formatted(file), "Mount it, or set the JSON itself");
        }
    }

    private @Nullable String base(Opening opening) {
        String url = opening.target().url();
        if (url != null || home == Home.GOOGLE_AI) {
            return url == null ? GOOGLE_AI : url.replaceFirst("/+$", "");
        }
        String project = opening.variable("GOOGLE_CLOUD_PROJECT");
        String ofAccount = project == null ? project(opening) : project;
        String region = opening.target().region();
        String told = region == null ? opening.variable("GOOGLE_CLOUD_LOCATION") : region;
        String location = told == null ? USUAL_LOCATION : told;
        return ofAccount == null
                ? null
                : ("https://%saiplatform.googleapis.com/v1" + "/projects/%s/locations/%s/publishers/google")
                        .formatted(location.equals(USUAL_LOCATION) ? "" : location + "-", ofAccount, location);
    }

    private @Nullable String project(Opening opening) {
        try {
            String key = key(opening);
            JsonNode json = Json.read(key == null || !key.startsWith("{") ? "{}" : key);
            String project =
                    json.path("project_id").asText(json.path("quota_project_id").asText());
            return project.isBlank() ? null : project;
        } catch (Problem told) {
            return null;
        }
    }

    private Streaming.Way way(Opening opening) {
        var target = opening.target();
        return new Streaming.Way(
                opening.timeouts().connect(),
                String.valueOf(base(opening)).startsWith("https:"),
                target.proxy(),
                target.caBundle());
    }
}
