package dev.wheelhouse.models;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the targets of the alias `default` in the environment: what there is a key for, or else what answers
/// without one.
final class DefaultTargets {

    static final String OPENAI_MODEL = "gpt-5-mini";
    static final String ANTHROPIC_MODEL = "claude-sonnet-4-6";

    private DefaultTargets() {}

    /// A server of one's own comes before the companies; with both companies' keys each is the other's fallback.
    static List<TargetConfig> from(Function<String, @Nullable String> environment, Collection<ProviderSource> sources) {
        String url = value(environment, "MODEL_URL");
        String name = value(environment, "MODEL_NAME");
        if (url != null) {
            if (name == null) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "MODEL_URL is \"%s\" and MODEL_NAME is not set".formatted(url),
                        "Set MODEL_NAME to one of the models of that server");
            }
            return List.of(new TargetConfig("openai", name, withVersion(url), "MODEL_API_KEY", null));
        }
        var targets = new ArrayList<TargetConfig>();
        boolean claude = name != null && name.startsWith("claude");
        if (value(environment, "OPENAI_API_KEY") != null) {
            targets.add(TargetConfig.of("openai", name == null || claude ? OPENAI_MODEL : name));
        }
        if (value(environment, "ANTHROPIC_API_KEY") != null) {
            boolean named = claude || name != null && targets.isEmpty();
            targets.add(claude ? 0 : targets.size(), TargetConfig.of("anthropic", named ? name : ANTHROPIC_MODEL));
        }
        if (targets.isEmpty()) {
            sources.stream()
                    .filter(ProviderSource::isDemo)
                    .map(source -> TargetConfig.of(source.provider(), source.provider()))
                    .forEach(targets::add);
        }
        return List.copyOf(targets);
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
