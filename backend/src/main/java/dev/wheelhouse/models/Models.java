package dev.wheelhouse.models;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/// Asks language models by alias.
@Singleton
public final class Models {

    /// Blocks until the answer is whole; made for virtual threads. Interruption ends the provider's call at once.
    public ModelReply call(ModelCall call, ModelWatcher watcher) throws InterruptedException {
        throw new ModelException("unknown_model", "There is no model \"" + call.alias() + '"', null, false);
    }

    public boolean has(String alias) {
        return aliases().contains(alias);
    }

    public Set<String> aliases() {
        return Set.of("default");
    }

    public List<Model> list() {
        return List.of();
    }
}
