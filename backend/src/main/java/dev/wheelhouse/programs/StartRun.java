package dev.wheelhouse.programs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Starts runs for every door, and refuses those that must not be started. What a door knows of the caller it puts
/// into the request; no door has a rule of its own.
///
/// A name that is unknown or not published is refused when it is pinned, by its [ProgramKind]. Then every
/// [AdmissionCheck] is asked. Whether the thread is busy is decided by the statement that writes the run. A run that
/// another one calls is asked about in the same way, by the engine, before the call is on record.
@Singleton
public final class StartRun {

    /// What somebody wants to be done.
    ///
    /// @param input JSON text of a list of messages
    /// @param options JSON text of an object for the program to read, or null
    /// @param metadata JSON text of an object
    /// @param whenBusy null for what the program says
    /// @param revision of the program, [#NEWEST] for the newest, published or not; null for the published one
    public record Request(
            TenantId tenant,
            String kind,
            String name,
            @Nullable UUID thread,
            String input,
            @Nullable String options,
            String metadata,
            Run.Asker asker,
            NewRun.@Nullable WhenBusy whenBusy,
            @Nullable String idempotencyKey,
            @Nullable Integer revision) {

        /// Of the published revision.
        public Request(
                TenantId tenant,
                String kind,
                String name,
                @Nullable UUID thread,
                String input,
                @Nullable String options,
                String metadata,
                Run.Asker asker,
                NewRun.@Nullable WhenBusy whenBusy,
                @Nullable String idempotencyKey) {
            this(tenant, kind, name, thread, input, options, metadata, asker, whenBusy, idempotencyKey, null);
        }
    }

    /// Stands for the newest revision, published or not.
    public static final int NEWEST = 0;

    private final Programs programs;
    private final Runs runs;
    private final List<AdmissionCheck> checks;

    StartRun(Programs programs, Runs runs, List<AdmissionCheck> checks) {
        this.programs = programs;
        this.runs = runs;
        // By name, so that a run is refused for the same reason by every replica.
        this.checks = checks.stream()
                .sorted(Comparator.comparing(AdmissionCheck::name))
                .toList();
    }

    /// A program, done by request.
    public Run start(Request request) {
        var kind = programs.of(request);
        var pin = pin(kind, request);
        return start(NewRun.of(request.tenant(), pin, request.input())
                .thread(request.thread())
                .options(request.options())
                .metadata(request.metadata())
                .idempotencyKey(request.idempotencyKey())
                .asker(request.asker())
                .whenBusy(request.whenBusy() == null ? kind.whenBusy(request.tenant(), pin) : request.whenBusy())
                .build());
    }

    private Program.Pin pin(ProgramKind kind, Request request) {
        Integer revision = request.revision();
        if (revision == null) {
            return programs.pinned(kind, request.tenant(), request.name());
        }
        int number = revision == NEWEST ? kind.latest(request.tenant(), request.name()) : revision;
        return kind.pin(request.tenant(), request.name(), number);
    }

    /// The kind of the program that is spoken to by this name, `otherwise` where there is none.
    public String spokenTo(TenantId tenant, String name, String otherwise) {
        return programs.spokenTo(tenant, name, otherwise);
    }

    /// A run that is pinned already, such as one made from another. Who asks again for a run that was started in time
    /// gets it.
    public Run start(NewRun wanted) {
        var refusal = refusal(wanted);
        return refusal == null ? runs.start(wanted) : runs.startedBefore(wanted).orElseThrow(() -> refusal);
    }

    /// What the first of the checks has against the run, null where none has anything.
    @Nullable
    Problem refusal(NewRun wanted) {
        return checks.stream()
                .map(check -> check.refusal(wanted))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// The names of the checks, in their order.
    List<String> checks() {
        return checks.stream().map(AdmissionCheck::name).toList();
    }
}
