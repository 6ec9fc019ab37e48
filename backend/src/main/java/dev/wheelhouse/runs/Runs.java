package dev.wheelhouse.runs;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The run engine's front door. Every answer is about the tenant that is named and no other.
public interface Runs {

    /// Writes the run down and begins it here if there is room. When this returns, the run is durable.
    /// Refuses with `thread_busy`, `not_found` (thread) or `conflict` (idempotency key with another request).
    Run start(NewRun run);

    /// `not_found` if the tenant has no such run.
    Run get(TenantId tenant, RunId run);

    /// Newest first. `after` is a cursor from an earlier page, limit 1 to 200.
    Page<Run> list(TenantId tenant, RunFilter filter, @Nullable String after, int limit);

    /// Asks for the run's end; an ended run stays as it is. `not_found` if there is none.
    Run cancel(TenantId tenant, RunId run);

    /// Waits until the run has ended or the time is over; answers with the run as it then is.
    Run await(TenantId tenant, RunId run, Duration time);

    /// Committed events with `seq` above `after`, in order. `not_found` if there is no such run.
    List<RunEvent> events(TenantId tenant, RunId run, int after, int limit);

    /// The run's steps as JSON texts in the shape of a step, by number.
    List<String> steps(TenantId tenant, RunId run);

    /// Shows the run to the watcher: committed events above `after`, then live. Close to stop; never ends the run.
    /// `not_found` if there is no such run.
    AutoCloseable watch(TenantId tenant, RunId run, int after, RunWatcher watcher);

    /// Opens an empty thread.
    Conversation open(TenantId tenant, String title, @Nullable String agent, @Nullable String idempotencyKey);

    Conversation thread(TenantId tenant, UUID thread);

    /// Newest activity first.
    Page<Conversation> threads(TenantId tenant, @Nullable String after, int limit);

    /// The thread's turns, oldest first, those created before `before` if that is given.
    List<Conversation.Turn> turns(TenantId tenant, UUID thread, @Nullable RunId before);
}
