package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Askers;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.states.State;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One run of a workflow. How far it is follows from its committed steps alone: what is remembered here from
/// one question to the next is only what would be read from them again.
final class Execution implements Program {

    private static final String LIMIT = ":limit";

    private final RunPlan plan;
    private final State.Machine machine;
    private final Function<RunPlan, Scope> scope;
    private @Nullable Walk walk;
    private @Nullable MachineRun whole;
    private @Nullable Undoing undoing;

    Execution(RunPlan plan, State.Machine machine, Function<RunPlan, Scope> scope) {
        this.plan = plan;
        this.machine = machine;
        this.scope = scope;
    }

    @Override
    public Next next(History history) {
        var news = new ArrayList<MachineRun>();
        var walked = walk;
        if (walked == null || !walked.hear(history, news)) {
            walked = begin(history, news);
        }
        plan.spending().hear(history);
        var root = Objects.requireNonNull(whole);
        news.forEach(Execution::advance);
        if (!root.isOver() && !isOverLimit(walked, root)) {
            return new Next.Steps(walked.wanted());
        }
        return finish(walked, root);
    }

    private Walk begin(History history, ArrayList<MachineRun> news) {
        var fresh = new Walk();
        fresh.hear(history, news);
        news.clear();
        walk = fresh;
        undoing = null;
        whole = new MachineRun(plan, fresh, machine, scope.apply(plan));
        whole.start(Askers.PROGRAM);
        whole.advance();
        return fresh;
    }

    /// A machine that is over is news for the one around it.
    private static void advance(MachineRun news) {
        for (var at = news; at != null; at = at.isOver() ? at.around : null) {
            at.advance();
        }
    }

    /// A run that has used up a limit stops where it is; which limit it was is on record.
    private boolean isOverLimit(Walk walked, MachineRun root) {
        var over = walked.ended(LIMIT) == null ? plan.spending().over() : null;
        if (over == null && walked.ended(LIMIT) == null) {
            return false;
        }
        root.abandon();
        var step = walked.want(
                root,
                LIMIT,
                () -> root.step(
                        root.takeAbove(LIMIT),
                        "limit",
                        "limit",
                        LIMIT,
                        new PlannedStep.Action.Done(Outcome.failed(Objects.requireNonNull(over))),
                        Askers.PROGRAM));
        if (step != null) {
            root.goOnAfter(step.number());
            root.endBy(step);
        }
        return step != null;
    }

    /// What was begun and may have an effect comes to its end before the run does, and before anything is undone.
    private Next finish(Walk walked, MachineRun root) {
        var acting = walked.acting();
        var end = Objects.requireNonNull(root.end());
        var failure = end.failure();
        if (!acting.isEmpty() && undoing == null) {
            return new Next.Steps(acting);
        }
        if (failure == null) {
            return succeed(end.output());
        }
        if (undoing == null) {
            undoing = new Undoing(walked, root);
        }
        return undoing.goOn() ? new Next.Fail(undoing.told(failure)) : new Next.Steps(walked.wanted());
    }

    private static Next succeed(@Nullable JsonNode output) {
        var value = Ended.json(output == null ? null : output.toString());
        return value.isTextual()
                ? new Next.Succeed(value.textValue())
                : new Next.Succeed(value.toString(), value.toString());
    }
}
