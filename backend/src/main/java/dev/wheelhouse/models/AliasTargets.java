package dev.wheelhouse.models;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.outbound.Outbound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The targets behind each alias that the settings name, or a refusal with all that is wrong with them.
final class AliasTargets {

    private static final List<String> REMOTE = List.of("openai", "anthropic");

    /// Anthropic wants a bound in every request; agents that need another one say so. Wherever a bound is needed and
    /// nobody has named one, it is this.
    static final int USUAL_OUTPUT_TOKENS = 8192;

    private final ModelsConfig config;
    private final Timeouts timeouts;
    private final Map<String, ProviderSource> sources;
    private final Outbound outbound;
    private final Function<String, @Nullable String> environment;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    private AliasTargets(
            ModelsConfig config,
            Timeouts timeouts,
            List<ProviderSource> sources,
            Outbound outbound,
            Function<String, @Nullable String> environment) {
        this.config = config;
        this.timeouts = timeouts;
        this.sources = sources.stream().collect(Collectors.toMap(ProviderSource::provider, source -> source));
        this.outbound = outbound;
        this.environment = environment;
    }

    static Map<String, List<Target>> of(
            ModelsConfig config,
            Timeouts timeouts,
            List<ProviderSource> sources,
            Outbound outbound,
            Function<String, @Nullable String> environment) {
        return new AliasTargets(config, timeouts, sources, outbound, environment).all();
    }

    private Map<String, List<Target>> all() {
        UnknownPrice.check(environment.apply("models.unknown-price"), mistakes);
        var otherwise = UnknownPrice.read(config.unknownPrice(), mistakes);
        var configured = new TreeMap<>(config.aliases());
        configured.computeIfAbsent("default", _ -> DefaultTargets.from(environment, List.copyOf(sources.values())));
        var aliases = new LinkedHashMap<String, List<Target>>();
        configured.forEach((alias, targets) -> aliases.put(alias, targets(alias, targets, otherwise)));
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "The settings of the models have mistakes", "Correct them", mistakes);
        }
        return aliases;
    }

    private List<Target> targets(String alias, List<TargetConfig> targets, @Nullable Prices otherwise) {
        String path = "models.aliases." + alias;
        if (targets.isEmpty()) {
            mistakes.add(Problem.Mistake.at(path, "The alias has no target", "Name at least one"));
        }
        var opened = new ArrayList<Target>();
        for (int at = 0; at < targets.size(); at++) {
            int before = mistakes.size();
            check(path + "[" + at + "]", targets.get(at));
            if (mistakes.size() == before) {
                opened.add(open(targets.get(at), otherwise));
            }
        }
        return List.copyOf(opened);
    }

    private void check(String path, TargetConfig target) {
        boolean isRemote = REMOTE.contains(target.provider());
        if (!isRemote && !sources.containsKey(target.provider())) {
            var known = new ArrayList<>(REMOTE);
            known.addAll(sources.keySet());
            mistakes.add(Problem.Mistake.at(
                    path + ".provider",
                    "There is no provider \"%s\"".formatted(target.provider()),
                    Suggest.hint(target.provider(), known)));
        } else if (isRemote && target.url() == null && key(target) == null) {
            mistakes.add(Problem.Mistake.at(
                    path,
                    "\"%s\" needs a key and %s is not set".formatted(target.name(), target.keyVariable()),
                    "Set it, or name another variable as key-env"));
        }
        if (target.name().isBlank()) {
            mistakes.add(Problem.Mistake.at(path + ".name", "The target has no name", "Name the model"));
        }
        if (target.url() != null && !target.url().matches("https?://[^/\\s]+\\S*")) {
            mistakes.add(Problem.Mistake.at(
                    path + ".url", "\"%s\" must be an http address".formatted(target.url()), "Write https://host/v1"));
        }
    }

    private Target open(TargetConfig target, @Nullable Prices otherwise) {
        var source = sources.get(target.provider());
        if (source != null) {
            return Target.demo(target, source.open(target.name()));
        }
        var provider = target.provider().equals("openai") ? openAi(target) : anthropic(target);
        return Target.remote(target, provider, otherwise);
    }

    private Provider openAi(TargetConfig target) {
        String url = target.url() == null ? "https://api.openai.com/v1" : target.url();
        // langchain4j insists on some key, and servers that want none ignore it.
        String key = key(target) == null ? "none" : key(target);
        var model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http(url))
                .baseUrl(url)
                .apiKey(key)
                .modelName(target.name())
                .build();
        boolean own = target.url() == null;
        return new RemoteModel(place(target), model, timeouts, (call, tools) -> {
            // OpenAI's newer models refuse the older name of the bound, other servers know only that one.
            var parameters = OpenAiChatRequestParameters.builder()
                    .modelName(target.name())
                    .temperature(call.temperature())
                    .maxOutputTokens(own ? null : call.maxOutputTokens())
                    .maxCompletionTokens(own ? call.maxOutputTokens() : null);
            return tools.isEmpty()
                    ? parameters.build()
                    : parameters.toolSpecifications(tools).build();
        });
    }

    private Provider anthropic(TargetConfig target) {
        String url = target.url() == null ? "https://api.anthropic.com/v1" : target.url();
        var model = AnthropicStreamingChatModel.builder()
                .httpClientBuilder(http(url))
                .baseUrl(url)
                .apiKey(key(target) == null ? "none" : key(target))
                .modelName(target.name())
                .build();
        return new RemoteModel(place(target), model, timeouts, (call, tools) -> ChatRequestParameters.builder()
                .modelName(target.name())
                .temperature(call.temperature())
                .maxOutputTokens(call.maxOutputTokens() == null ? USUAL_OUTPUT_TOKENS : call.maxOutputTokens())
                .toolSpecifications(tools)
                .build());
    }

    private SpeakHttp http(String url) {
        return new SpeakHttp(outbound.streaming(timeouts.connect(), url.startsWith("https:")));
    }

    private @Nullable String key(TargetConfig target) {
        String key = environment.apply(target.keyVariable());
        return key == null || key.isBlank() ? null : key.strip();
    }

    private static String place(TargetConfig target) {
        return "%s \"%s\"".formatted(target.provider(), target.name());
    }
}
