package dev.wheelhouse.models;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The targets behind each alias that the settings name, or a refusal with all that is wrong with them.
final class AliasTargets {

    private final ModelsConfig config;
    private final TargetConfig.Timeouts timeouts;
    private final Map<String, ProviderSource> sources;
    private final Function<String, @Nullable String> environment;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    private AliasTargets(
            ModelsConfig config,
            TargetConfig.Timeouts timeouts,
            List<ProviderSource> sources,
            Function<String, @Nullable String> environment) {
        this.config = config;
        this.timeouts = timeouts;
        this.sources = sources.stream().collect(Collectors.toMap(ProviderSource::provider, source -> source));
        this.environment = environment;
    }

    static Map<String, List<Target>> of(
            ModelsConfig config,
            TargetConfig.Timeouts timeouts,
            List<ProviderSource> sources,
            Function<String, @Nullable String> environment) {
        return new AliasTargets(config, timeouts, sources, environment).all();
    }

    private Map<String, List<Target>> all() {
        PriceList.Unknown.check(environment.apply("models.unknown-price"), mistakes);
        var otherwise = PriceList.Unknown.read(config.unknownPrice(), mistakes);
        var configured = new TreeMap<>(config.aliases());
        configured.computeIfAbsent("default", _ -> Defaults.from(environment, sources.values()));
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
        var source = sources.get(target.provider());
        if (source == null) {
            mistakes.add(Problem.Mistake.at(
                    path + ".provider",
                    "There is no provider \"%s\"".formatted(target.provider()),
                    Suggest.hint(target.provider(), sources.keySet())));
        } else if (source.needsKey(target) && key(source, target) == null) {
            mistakes.add(Problem.Mistake.at(
                    path,
                    "\"%s\" needs a key and %s is not set".formatted(target.name(), variable(source, target)),
                    "Set it, or name another variable as key-env"));
        }
        if (target.name().isBlank()) {
            mistakes.add(Problem.Mistake.at(path + ".name", "The target has no name", "Name the model"));
        }
        if (target.url() != null && !target.url().matches("https?://[^/\\s]+\\S*")) {
            mistakes.add(Problem.Mistake.at(
                    path + ".url", "\"%s\" must be an http address".formatted(target.url()), "Write https://host/v1"));
        } else if (source != null) {
            mistakes.addAll(source.check(path, opening(source, target)));
        }
    }

    private Target open(TargetConfig target, @Nullable Prices otherwise) {
        var source = sources.get(target.provider());
        var provider = source.open(opening(source, target));
        return source.isDemo() ? Target.demo(target, provider) : Target.remote(target, provider, otherwise);
    }

    private ProviderSource.Opening opening(ProviderSource source, TargetConfig target) {
        return new ProviderSource.Opening(target, key(source, target), timeouts.with(target.timeouts()), environment);
    }

    private @Nullable String key(ProviderSource source, TargetConfig target) {
        String key = target.keyEnv() == null ? source.usualKey(environment) : environment.apply(target.keyEnv());
        return key == null || key.isBlank() ? null : key.strip();
    }

    private static @Nullable String variable(ProviderSource source, TargetConfig target) {
        return target.keyEnv() == null ? source.keyVariable() : target.keyEnv();
    }

    /// The targets of the alias `default` by the environment: what there is a key for, or else what answers
    /// without one.
    static final class Defaults {

        /// A company whose key alone is enough.
        enum Company {
            OPENAI("openai", "OPENAI_API_KEY", "gpt-5-mini", "gpt-|o\\d|chatgpt"),
            ANTHROPIC("anthropic", "ANTHROPIC_API_KEY", "claude-sonnet-4-6", "claude"),
            GEMINI("gemini", "GEMINI_API_KEY", "gemini-2.5-flash", "gemini|gemma"),
            MISTRAL("mistral", "MISTRAL_API_KEY", "mistral-small-latest", "(open-)?(mi|mag|mini|code|dev|pix)stral");

            final String provider;
            final String keyVariable;
            final String model;
            private final Pattern names;

            Company(String provider, String keyVariable, String model, String names) {
                this.provider = provider;
                this.keyVariable = keyVariable;
                this.model = model;
                this.names = Pattern.compile(names);
            }

            boolean makes(String name) {
                return names.matcher(name).lookingAt();
            }
        }

        private Defaults() {}

        /// A server of one's own, or a provider that is named, comes before the companies; with several
        /// companies' keys each is the fallback of the others.
        static List<TargetConfig> from(
                Function<String, @Nullable String> environment, Collection<ProviderSource> sources) {
            String url = value(environment, "MODEL_URL");
            String name = value(environment, "MODEL_NAME");
            String provider = value(environment, "MODEL_PROVIDER");
            if (provider != null || url != null) {
                return List.of(named(environment, provider == null ? "openai" : provider, name, url, sources));
            }
            var companies = new ArrayList<>(List.of(Company.values()));
            companies.removeIf(company -> value(environment, company.keyVariable) == null);
            var targets = new ArrayList<TargetConfig>();
            var first = first(companies, name);
            if (first != null) {
                companies.remove(first);
                targets.add(TargetConfig.of(first.provider, name == null ? first.model : name));
            }
            companies.forEach(company -> targets.add(TargetConfig.of(company.provider, company.model)));
            if (targets.isEmpty()) {
                sources.stream()
                        .filter(ProviderSource::isDemo)
                        .map(source -> TargetConfig.of(source.provider(), source.provider()))
                        .forEach(targets::add);
            }
            return List.copyOf(targets);
        }

        /// Whose model it is, else the first there is.
        private static @Nullable Company first(List<Company> companies, @Nullable String name) {
            return companies.stream()
                    .filter(company -> name != null && company.makes(name))
                    .findFirst()
                    .orElse(companies.isEmpty() ? null : companies.getFirst());
        }

        private static TargetConfig named(
                Function<String, @Nullable String> environment,
                String provider,
                @Nullable String name,
                @Nullable String url,
                Collection<ProviderSource> sources) {
            boolean isNamed = value(environment, "MODEL_PROVIDER") != null;
            if (isNamed
                    && sources.stream().noneMatch(source -> source.provider().equals(provider))) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "MODEL_PROVIDER is \"%s\", and there is no such provider".formatted(provider),
                        Suggest.hint(
                                provider,
                                sources.stream().map(ProviderSource::provider).toList()));
            }
            if (name == null) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        url == null
                                ? "MODEL_PROVIDER is \"%s\" and MODEL_NAME is not set".formatted(provider)
                                : "MODEL_URL is \"%s\" and MODEL_NAME is not set".formatted(url),
                        "Set MODEL_NAME to one of the models there");
            }
            boolean isOpenAi = provider.equals("openai");
            boolean hasKey = value(environment, "MODEL_API_KEY") != null || isOpenAi && url != null;
            return new TargetConfig(
                    provider,
                    name,
                    url == null || !isOpenAi ? url : withVersion(url),
                    hasKey ? "MODEL_API_KEY" : null,
                    null);
        }

        /// People name the server or the API; the API begins at /v1 unless the address has a path of its own.
        private static String withVersion(String url) {
            String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            return plain.matches("https?://[^/]+") ? plain + "/v1" : plain;
        }

        private static @Nullable String value(Function<String, @Nullable String> environment, String name) {
            String value = environment.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }
    }
}
