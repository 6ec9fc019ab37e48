package dev.wheelhouse.memories;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: what is remembered about one subject, and nobody else's.
@Singleton
public final class Memories {

    /// Characters of a memory.
    public static final int LONGEST = 500;

    private final MemoryStore store;
    private final MemoriesConfig config;

    Memories(MemoryStore store, MemoriesConfig config) {
        this.store = store;
        this.config = config;
    }

    /// Whose memory it is, within a tenant: the user for whom a client says it asks, or the key that asks.
    public record Subject(TenantId tenant, String name) {

        /// The one for whom a run works. Refuses a run that nobody in particular asked for.
        public static Subject of(Run run) {
            return of(run.tenant(), run.asker().key(), run.asker().user());
        }

        /// @param key the id of the key, null where everybody may ask
        /// @param user for whom the client says it asks, or null
        public static Subject of(TenantId tenant, @Nullable UUID key, @Nullable String user) {
            return new Subject(tenant, user != null ? "user " + user : key != null ? "key " + key : "everybody");
        }
    }

    /// Something to be remembered.
    ///
    /// @param days how long
    /// @param write the same for each attempt at the same step, so that it is kept once
    public record NewMemory(
            @Nullable String key,
            Memory.Kind kind,
            String text,
            Memory.Source source,
            @Nullable UUID run,
            String write,
            int days) {}

    /// What became of it.
    public enum Saved {
        SAVED,
        ALREADY_KNOWN
    }

    /// How long a memory may last, in days.
    public int days() {
        return config.days();
    }

    /// Refuses where memory is off or paused, and a list that is full.
    public Saved save(Subject of, NewMemory wanted) {
        if (!config.enabled() || store.isPaused(of.tenant(), of.name())) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "Memory is paused",
                    "Go on without it; the user can resume it on the page Memory");
        }
        if (store.save(of.tenant(), of.name(), wanted, config.perUser())) {
            return Saved.SAVED;
        }
        if (store.list(of.tenant(), of.name()).size() >= config.perUser()) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "%d things are remembered, which is all that may be".formatted(config.perUser()),
                    "Forget one first");
        }
        return Saved.ALREADY_KNOWN;
    }

    /// Newest first.
    public List<Memory> list(Subject of) {
        return store.list(of.tenant(), of.name());
    }

    /// Those that fit best; none while paused.
    public List<Memory> search(Subject of, String query, int most) {
        return store.search(of.tenant(), of.name(), query, most);
    }

    /// Refuses one that is not there with `not_found`.
    public void check(Subject of, UUID id) {
        store.find(of.tenant(), of.name(), id).orElseThrow(() -> missing(id));
    }

    /// Refuses with `not_found`.
    public Memory edit(Subject of, UUID id, String text) {
        if (!store.edit(of.tenant(), of.name(), id, text)) {
            throw missing(id);
        }
        return store.find(of.tenant(), of.name(), id).orElseThrow(() -> missing(id));
    }

    /// Refuses with `not_found`.
    ///
    /// @param idOrKey of one memory
    public void forget(Subject of, String idOrKey) {
        if (store.delete(of.tenant(), of.name(), idOrKey) == 0) {
            throw missing(idOrKey);
        }
    }

    public void forgetAll(Subject of) {
        store.deleteAll(of.tenant(), of.name());
    }

    public boolean isPaused(Subject of) {
        return store.isPaused(of.tenant(), of.name());
    }

    /// While paused, nothing is saved and nothing recalled.
    public void pause(Subject of, boolean isPaused) {
        store.pause(of.tenant(), of.name(), isPaused);
    }

    private static Problem missing(Object what) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no memory \"%s\"".formatted(what));
    }
}
