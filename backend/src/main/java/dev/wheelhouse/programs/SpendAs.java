package dev.wheelhouse.programs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.Budget.Scope;
import dev.wheelhouse.budgets.Spender;
import dev.wheelhouse.budgets.Spender.Subject;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// In whose name a run spends: its tenant, the user and the key that asked, its agent and its thread, and those of the
/// runs that it was called by. A run that is called opens no budget of its own.
public final class SpendAs {

    private static final UUID NOT_YET = new UUID(0, 0);

    private SpendAs() {}

    /// A run that is about to be started.
    public static Spender of(NewRun wanted) {
        var subjects = asker(wanted.asker());
        if (isAgent(wanted.program())) {
            subjects.put(Scope.AGENT, List.of(Subject.of(wanted.program().name())));
        }
        if (wanted.thread() != null) {
            subjects.put(Scope.THREAD, List.of(Subject.of(wanted.thread().toString())));
        }
        return spender(wanted.tenant(), NOT_YET, 0, subjects);
    }

    /// A run in the hands of an owner.
    ///
    /// @param above the run that called it, whoever called that, and so on
    public static Spender of(Run run, int epoch, List<Run> above) {
        var subjects = asker(run.asker());
        var agents = new ArrayList<Subject>();
        var threads = new ArrayList<>(List.of(Subject.of(run.thread().toString())));
        if (isAgent(run.program())) {
            agents.add(Subject.of(run.program().name()));
        }
        above.forEach(one -> {
            if (isAgent(one.program())) {
                agents.add(Subject.of(one.program().name()));
            }
            threads.add(Subject.of(one.thread().toString()));
        });
        if (!agents.isEmpty()) {
            subjects.put(Scope.AGENT, agents);
        }
        subjects.put(Scope.THREAD, threads);
        return spender(run.tenant(), run.id().value(), epoch, subjects);
    }

    /// Budgets by agent are for programs of the kind with this name.
    private static boolean isAgent(Program.Pin program) {
        return program.kind().equals(Scope.AGENT.name().toLowerCase(Locale.ROOT));
    }

    private static Spender spender(TenantId tenant, UUID run, int epoch, Map<Scope, List<Subject>> subjects) {
        return new Spender(tenant, run, epoch, subjects);
    }

    private static Map<Scope, List<Subject>> asker(Run.Asker asker) {
        var subjects = new EnumMap<Scope, List<Subject>>(Scope.class);
        if (asker.user() != null) {
            subjects.put(Scope.USER, List.of(Subject.of(asker.user())));
        }
        if (asker.requester() != null) {
            String id = asker.key() == null ? null : asker.key().toString();
            subjects.put(Scope.KEY, List.of(new Subject(asker.requester(), id)));
        }
        return subjects;
    }
}
