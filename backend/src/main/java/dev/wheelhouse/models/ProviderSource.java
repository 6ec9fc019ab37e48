package dev.wheelhouse.models;

import dev.wheelhouse.base.Problem;
import java.util.List;
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

    /// What cannot work in a target, each mistake at its key below `path`.
    List<Problem.Mistake> check(String path, Opening opening);

    /// Only for what [#check] has found no mistake in.
    Provider open(Opening opening);

    /// A target to be opened.
    ///
    /// @param key null where the environment has none
    /// @param timeouts the target's own where it has some, the usual ones elsewhere
    record Opening(TargetConfig target, @Nullable String key, TargetConfig.Timeouts timeouts) {

        /// How messages name it, such as `openai "gpt-5"`.
        public String place() {
            return "%s \"%s\"".formatted(target.provider(), target.name());
        }
    }
}
