package dev.wheelhouse.threads;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens, finds and lists conversations, each of one tenant.
@Singleton
public final class Threads {

    private final ThreadStore store;
    private final Provider<Runs> runs;

    Threads(ThreadStore store, Provider<Runs> runs) {
        this.store = store;
        this.runs = runs;
    }

    /// Opens an empty thread; with an idempotency key that was used before, returns the thread it opened then, or
    /// refuses with `conflict` where that has another title or agent.
    public Conversation open(TenantId tenant, String title, @Nullable String agent, @Nullable String idempotencyKey) {
        var made = store.open(tenant, Ids.next(), Text.storable(title), agent, idempotencyKey);
        if (!made.title().equals(Text.storable(title)) || !Objects.equals(made.agent(), agent)) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "The idempotency key \"%s\" was used for another thread"
                            .formatted(Text.shorten(String.valueOf(idempotencyKey), 60)),
                    "Use a new key, or send the same title and agent as before");
        }
        return get(tenant, made.id());
    }

    /// `not_found` if the tenant has no such thread.
    public Conversation get(TenantId tenant, UUID thread) {
        return store.find(tenant, thread)
                .orElseThrow(() -> new Problem(ErrorCode.NOT_FOUND, "There is no thread \"%s\"".formatted(thread)));
    }

    /// Newest activity first. `after` is a cursor from an earlier page.
    public Page<Conversation> list(TenantId tenant, Conversation.Shown shown, @Nullable String after, int limit) {
        return store.list(tenant, shown, after == null ? null : Page.cursor(after), limit);
    }

    /// Names it, pins it, puts it away. `not_found` if the tenant has no such thread.
    public Conversation change(TenantId tenant, UUID thread, Conversation.Change change) {
        var title = change.title() == null ? null : Text.storable(change.title());
        store.change(tenant, get(tenant, thread), new Conversation.Change(title, change.pinned(), change.archived()));
        return get(tenant, thread);
    }

    /// Deletes the thread with all its runs, their logs and what is kept about them. Refuses with `thread_busy` while
    /// one of them has not ended; `not_found` if the tenant has no such thread.
    public void delete(TenantId tenant, UUID thread) {
        get(tenant, thread);
        runs.get().forget(tenant, thread);
        store.forget(tenant, thread);
    }

    public Conversation.Spent spent(TenantId tenant, UUID thread) {
        return store.spent(tenant, thread);
    }

    /// The branches of the conversation that begin in this thread or beside it, oldest first.
    public List<Conversation.Branch> branches(TenantId tenant, UUID thread) {
        return store.branches(tenant, thread);
    }

    /// The thread's newest turns, oldest first, those created before `before` if that is given. A retry takes the
    /// place of the run that it repeats.
    public List<Conversation.Turn> turns(TenantId tenant, UUID thread, @Nullable RunId before, int most) {
        return inPlace(store.turns(tenant, thread, before == null ? null : before.value(), most));
    }

    private static List<Conversation.Turn> inPlace(List<Conversation.Turn> turns) {
        var placeOf = new HashMap<RunId, RunId>();
        var byPlace = new LinkedHashMap<RunId, Conversation.Turn>();
        for (var turn : turns) {
            var origin = turn.origin();
            boolean repeats = origin != null && origin.is(Run.Origin.RETRY) && placeOf.containsKey(origin.run());
            var place = repeats ? placeOf.get(origin.run()) : turn.run();
            placeOf.put(turn.run(), place);
            byPlace.put(place, turn);
        }
        return List.copyOf(byPlace.values());
    }
}
