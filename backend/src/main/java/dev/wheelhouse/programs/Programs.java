package dev.wheelhouse.programs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import io.micronaut.context.annotation.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The front door: every kind of program there is. The engine asks here for the program of a run.
@Context
public final class Programs implements Program.Source {

    private final Map<String, ProgramKind> kinds = new TreeMap<>();

    public Programs(List<ProgramKind> plugged) {
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

    @Override
    public Program load(Run run) {
        return of(run.program()).load(run);
    }

    /// A stored pin of a kind that is not here is no mistake of a caller's: the run was started by a replica that has
    /// it. Refused as `not_ready`, so that the engine leaves the run to a replica that knows the kind.
    public ProgramKind of(Program.Pin pin) {
        var kind = kinds.get(pin.kind());
        if (kind == null) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "\"%s\" is a program of kind \"%s\", and this replica knows only %s"
                            .formatted(pin.name(), pin.kind(), String.join(", ", kinds.keySet())),
                    "Finish the upgrade: every replica has to run a version with this kind");
        }
        return kind;
    }
}
