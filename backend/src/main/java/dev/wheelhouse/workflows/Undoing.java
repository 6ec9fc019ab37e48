package dev.wheelhouse.workflows;

import dev.wheelhouse.runs.Askers;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.states.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes back what the states of a run did that say how: the last one first, one after the other. One that cannot be
/// undone keeps no other from being.
final class Undoing {

    private record Undo(StateRun done, Step success, ActRun undo) {}

    private final List<Undo> left = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /// @param numbers from where the steps take theirs
    Undoing(Walk walk, MachineRun numbers) {
        for (var done : walk.undoable()) {
            var success = done.success();
            if (success != null) {
                var machine = numbers.with(done.machine.scope);
                var undo = Objects.requireNonNull(done.state().way().undo());
                left.add(new Undo(done, success, new ActRun(machine, undo, done.id + ":undo", success.number())));
            }
        }
        left.sort(Comparator.comparing(undo -> -undo.success().number()));
    }

    /// Whether all is done. The output of a state is known to its undo, whatever came after it.
    boolean goOn() {
        while (!left.isEmpty()) {
            var next = left.getFirst();
            var ended = next.undo().advance();
            if (ended == null) {
                return false;
            }
            var failure = ended.failure();
            if (failure != null) {
                failed.add("%s (%s)".formatted(next.done().id, failure.message()));
            }
            left.removeFirst();
        }
        return true;
    }

    Failure told(Failure failure) {
        return failed.isEmpty()
                ? failure
                : new Failure(
                        failure.code(),
                        failure.message() + ". Not undone: " + String.join(", ", failed),
                        "Look at the failed steps of undo, and take them back by hand");
    }

    boolean hasFailed() {
        return !failed.isEmpty();
    }

    String failures() {
        return String.join(", ", failed);
    }

    /// Undoes what a cancelled run had done, as a run of its own: a cancelled run has ended and takes no more steps.
    static final class OfCancelled implements Program {

        private final RunPlan plan;
        private final State.Machine machine;
        private final History cancelled;
        private final Scope scope;
        private @Nullable Walk walk;
        private @Nullable Undoing undoing;

        /// @param cancelled the history of the run whose states are undone
        /// @param scope that run's own
        OfCancelled(RunPlan plan, State.Machine machine, History cancelled, Scope scope) {
            this.plan = plan;
            this.machine = machine;
            this.cancelled = cancelled;
            this.scope = scope;
        }

        @Override
        public Next next(History history) {
            var news = new ArrayList<MachineRun>();
            var walked = walk;
            if (walked == null || !walked.hear(history, news) || undoing == null) {
                walked = new Walk();
                walked.hear(history, news);
                walk = walked;
                undoing = begin(walked);
            }
            plan.spending().hear(history);
            if (!undoing.goOn()) {
                return new Next.Steps(walked.wanted());
            }
            return undoing.hasFailed()
                    ? new Next.Fail(new Failure(
                            "undo_failed",
                            "Not undone: " + undoing.failures(),
                            "Look at the failed steps, and take them back by hand"))
                    : new Next.Succeed("Undone");
        }

        private Undoing begin(Walk own) {
            var then = new Walk();
            then.hear(cancelled, new ArrayList<>());
            var past = new MachineRun(plan, then, machine, scope);
            past.start(Askers.PROGRAM);
            past.advance();
            return new Undoing(then, new MachineRun(plan, own, machine, scope));
        }
    }
}
