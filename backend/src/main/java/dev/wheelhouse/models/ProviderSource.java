package dev.wheelhouse.models;

import dev.wheelhouse.base.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings a provider: one that speaks over the network, or one that answers in this process.
public interface ProviderSource {

    /// The name of the provider in settings.
    String provider();

    /// Whether it stands in for a language model. It needs no key, what it answers costs nothing and is marked `demo`;
    /// without a key for a real model the alias `default` leads to it, and its name is also that of its model.
    boolean isDemo();

    /// The environment variable that usually holds its key; null where it takes none.
    @Nullable
    String keyVariable();

    /// Its key, of the variables that usually hold it; null without one.
    default @Nullable String usualKey(Function<String, @Nullable String> variables) {
        String name = keyVariable();
        return name == null ? null : variables.apply(name);
    }

    /// Whether a target cannot be asked without a key. Servers of one's own often can.
    default boolean needsKey(TargetConfig target) {
        return keyVariable() != null && target.url() == null;
    }

    /// What cannot work in a target, each mistake at its key below `path`.
    List<Problem.Mistake> check(String path, Opening opening);

    /// Only for what [#check] has found no mistake in.
    Provider open(Opening opening);

    /// A target to be opened.
    ///
    /// @param key null where the environment has none
    /// @param timeouts the target's own where it has some, the usual ones elsewhere
    /// @param variables of the environment, by their names
    record Opening(
            TargetConfig target,
            @Nullable String key,
            TargetConfig.Timeouts timeouts,
            Function<String, @Nullable String> variables) {

        /// Null where it is not set or has nothing in it.
        public @Nullable String variable(String name) {
            String value = variables.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        /// How messages name it, such as `openai "gpt-5"`.
        public String place() {
            return "%s \"%s\"".formatted(target.provider(), target.name());
        }
    }
}
