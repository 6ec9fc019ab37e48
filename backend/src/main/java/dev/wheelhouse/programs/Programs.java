package dev.wheelhouse.programs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import io.micronaut.context.annotation.Context;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The front door: every kind of program there is. The engine asks here for the program of a run.
@Context
public final class Programs implements Program.Source {

    private final Map<String, ProgramKind> kinds = new TreeMap<>();
    private final Provider<Runs> runs;
    private final Function<NewRun, @Nullable Problem> admission;

    @Inject
    Programs(List<ProgramKind> plugged, Provider<Runs> runs, Provider<StartRun> start) {
        this(plugged, runs, wanted -> start.get().refusal(wanted));
    }

    /// Without admission checks of called runs: for tests and benchmarks.
    public Programs(List<ProgramKind> plugged, Provider<Runs> runs) {
        this(plugged, runs, wanted -> null);
    }

    private Programs(List<ProgramKind> plugged, Provider<Runs> runs, Function<NewRun, @Nullable Problem> admission) {
        this.runs = runs;
        this.admission = admission;
        for (var kind : plugged) {
            var before = kinds.putIfAbsent(kind.kind(), kind);
            if (before != null) {
                throw new IllegalStateException("Two kinds of program are called \"%s\": %s and %s. Rename one"
                        .formatted(
                                kind.kind(),
                                before.getClass().getName(),
                                kind.getClass().getName()));
            }
        }
    }

    public List<ProgramKind> kinds() {
        return List.copyOf(kinds.values());
    }

    /// The kind of the program that is spoken to by this name, `otherwise` where there is none. Kinds are
    /// asked in the order of their words.
    public String spokenTo(TenantId tenant, String name, String otherwise) {
        return kinds.values().stream()
                .filter(kind -> kind.takesMessage(tenant, name))
                .map(ProgramKind::kind)
                .findFirst()
                .orElse(otherwise);
    }

    /// The published revision. A name that another kind has is refused with that kind.
    Program.Pin pinned(ProgramKind wanted, TenantId tenant, String name) {
        try {
            return wanted.pin(tenant, name, null);
        } catch (Problem e) {
            boolean isUnknown = e.code() == ErrorCode.UNKNOWN_AGENT || e.code() == ErrorCode.UNKNOWN_WORKFLOW;
            var other = isUnknown ? other(wanted, tenant, name) : null;
            throw other == null
                    ? e
                    : new Problem(
                            e.code(),
                            e.message(),
                            "There is a %s \"%s\": start that one".formatted(other.kind(), name));
        }
    }

    private @Nullable ProgramKind other(ProgramKind wanted, TenantId tenant, String name) {
        for (var kind : kinds.values()) {
            try {
                if (kind != wanted) {
                    kind.pin(tenant, name, null);
                    return kind;
                }
            } catch (Problem e) {
                continue;
            }
        }
        return null;
    }

    @Override
    public Set<String> known() {
        return kinds.keySet();
    }

    /// A replay is the same program on what its origin has on record.
    @Override
    public Program load(Run run) {
        var kind = of(run.program());
        var program = kind.load(run);
        var origin = run.origin();
        return origin != null && origin.is(Run.Origin.REPLAY)
                ? new Replay(program, origin.run(), runs.get().recorded(run.tenant(), origin.run()), kind.recall())
                : program;
    }

    /// A run that another one calls is admitted as one from any door is.
    @Override
    public @Nullable Problem refusal(NewRun called) {
        return admission.apply(called);
    }

    /// A stored pin of a kind that is not here is no mistake of a caller's: the run was started by a replica that has
    /// it. Refused as `not_ready`, so that the engine leaves the run to a replica that knows the kind.
    public ProgramKind of(Program.Pin pin) {
        return find(pin.kind(), pin.name());
    }

    /// The same for a program that is not pinned yet.
    ProgramKind of(StartRun.Request request) {
        return find(request.kind(), request.name());
    }

    private ProgramKind find(String word, String name) {
        var kind = kinds.get(word);
        if (kind == null) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "\"%s\" is a program of kind \"%s\", and this replica knows only %s"
                            .formatted(name, word, String.join(", ", kinds.keySet())),
                    "Finish the upgrade: every replica has to run a version with this kind");
        }
        return kind;
    }
}
