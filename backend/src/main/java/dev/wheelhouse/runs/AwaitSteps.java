package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks at works that end by time, by a person's word or with another run: which have ended, and how long the others
/// may take. It changes nothing but what others see: questions are opened, runs that were called are started, each once
/// however often it is looked at.
final class AwaitSteps {

    /// @param work as it stands in the log; its input may tell more than what the program asked for
    /// @param outcome null while it goes on
    /// @param left after which to look again at the latest, or null
    record WaitingStep(
            PlannedStep work,
            @Nullable Outcome outcome,
            @Nullable Duration left,
            WaitingReason reason) {}

    private final EngineParts parts;
    private final Run run;
    private final Progress progress;
    private final DatabaseTime time;

    AwaitSteps(EngineParts parts, Run run, Progress progress, DatabaseTime time) {
        this.parts = parts;
        this.run = run;
        this.progress = progress;
        this.time = time;
    }

    List<WaitingStep> look(List<PlannedStep> works) {
        var standing = new ArrayList<WaitingStep>();
        var asks = works.stream()
                .filter(work -> work.action() instanceof PlannedStep.Action.Ask)
                .toList();
        standing.addAll(asked(asks));
        for (var work : works) {
            if (work.action() instanceof PlannedStep.Action.Sleep sleep) {
                standing.add(slept(work, sleep, progress.intent(work.number())));
            }
        }
        standing.addAll(called(works.stream()
                .filter(work -> work.action() instanceof PlannedStep.Action.Call)
                .toList()));
        return standing;
    }

    private WaitingStep slept(PlannedStep work, PlannedStep.Action.Sleep sleep, @Nullable Intent intent) {
        var until = intent == null ? null : intent.sleepUntil();
        var left = until == null ? sleep.time() : Duration.between(time.now(), until);
        var outcome = left.isPositive() ? null : Outcome.of(sleep.output());
        return new WaitingStep(work, outcome, left, WaitingReason.TIMER);
    }

    private List<WaitingStep> asked(List<PlannedStep> works) {
        return ask(
                works,
                works.stream()
                        .map(work -> asked(work, 1, (PlannedStep.Action.Ask) work.action()))
                        .toList());
    }

    private Question asked(PlannedStep work, int round, PlannedStep.Action.Ask ask) {
        return new Question(
                run.tenant(),
                run.id(),
                run.epoch(),
                work.number(),
                round,
                ask.kind(),
                ask.question(),
                ask.notRequester(),
                ask.time() == null ? null : ask.time().toMillis(),
                ask.otherwise());
    }

    /// Asks whether effects have happened that owners of the past had begun. The answer is the outcome's output.
    List<WaitingStep> doubt(List<PlannedStep> works) {
        return ask(works, works.stream().map(this::doubt).toList());
    }

    private Question doubt(PlannedStep work) {
        String question = "{\"tool\":%s,\"effect\":\"%s\",\"arguments\":%s}"
                .formatted(Json.quote(work.name()), work.effect().word(), work.input());
        var ask = new PlannedStep.Action.Ask("outcome", question, false, null, "{}");
        var intent = progress.intent(work.number());
        return asked(work, intent == null ? 1 : intent.attempt(), ask);
    }

    private List<WaitingStep> ask(List<PlannedStep> works, List<Question> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        var answers = parts.store().ask(asked);
        if (answers.isEmpty()) {
            throw Ownership.taken();
        }
        answers.stream().filter(answer -> Questions.isForPeople(answer.kind())).forEach(this::tell);
        var standing = new ArrayList<WaitingStep>();
        for (var answer : answers) {
            for (var work : works) {
                if (work.number() == answer.step()) {
                    standing.add(standing(work, answer));
                }
            }
        }
        return standing;
    }

    private void tell(Question.Status question) {
        switch (question.news()) {
            case NONE -> {}
            case OPENED -> parts.listener().questionOpened(run, question.kind());
            case EXPIRED -> parts.listener().questionExpired(run, question.kind(), question.age());
        }
    }

    private static WaitingStep standing(PlannedStep work, Question.Status answer) {
        var outcome = answer.answer() == null ? null : Outcome.of(answer.answer());
        var left = answer.leftMillis() == null ? null : Duration.ofMillis(Math.max(1, answer.leftMillis()));
        if (!(work.action() instanceof PlannedStep.Action.Ask)) {
            return new WaitingStep(work, outcome, left, WaitingReason.OUTCOME_UNKNOWN);
        }
        // Who looks at the log finds the question by this id.
        String input = "{\"approval\":\"%s\",%s"
                .formatted(answer.id(), answer.content().substring(1));
        return new WaitingStep(work.withInput(input), outcome, left, reason(answer.kind()));
    }

    private static WaitingReason reason(String question) {
        return switch (question) {
            case Questions.CLIENT -> WaitingReason.CLIENT;
            case Questions.SIGNAL -> WaitingReason.SIGNAL;
            default -> WaitingReason.APPROVAL;
        };
    }

    private List<WaitingStep> called(List<PlannedStep> works) {
        if (works.isEmpty()) {
            return List.of();
        }
        var children = new HashMap<Integer, Run>();
        for (var child : parts.store()
                .children(
                        run.tenant(),
                        run.id(),
                        works.stream().map(PlannedStep::number).toList())) {
            children.put(Objects.requireNonNull(child.parent()).step(), child);
        }
        start(works.stream()
                .filter(work -> !children.containsKey(work.number()))
                .toList());
        return works.stream()
                .map(work -> called(work, children.get(work.number())))
                .toList();
    }

    private static WaitingStep called(PlannedStep work, @Nullable Run child) {
        return new WaitingStep(
                work, child == null || !child.state().isEnded() ? null : outcome(child), null, WaitingReason.RUN);
    }

    /// How the step ends where the run that it calls may not be started, null where it may.
    @Nullable
    Outcome refused(PlannedStep.Action.Call call) {
        var refusal = parts.programs().get().refusal(call.run());
        return refusal == null
                ? null
                : Outcome.failed(
                        new Failure(refusal.code().name().toLowerCase(Locale.ROOT), refusal.message(), refusal.hint()));
    }

    /// Starts the runs that these steps call, in one statement. Done twice, each is there once.
    void start(List<PlannedStep> calls) {
        if (calls.isEmpty()) {
            return;
        }
        parts.writer().createAll(calls.stream().map(this::creation).toList());
        parts.wakeAll();
    }

    private Creation creation(PlannedStep step) {
        var wanted = ((PlannedStep.Action.Call) step.action()).run();
        var id = RunId.next();
        return Creation.of(wanted, id, id.value(), false, parts.config().lease());
    }

    private static Outcome outcome(Run child) {
        String ran = "{\"run\":\"" + child.id() + "\"";
        String structured = child.structuredOutput();
        String output = child.output() == null
                ? null
                : ran + ",\"output\":" + (structured == null ? Json.quote(child.output()) : structured) + "}";
        var failure = child.failure();
        if (output == null && failure == null) {
            failure = new Failure("run_cancelled", "Run %s was cancelled".formatted(child.id()), null);
        }
        String producer = ran
                + ",%s:%s,\"steps\":%d}"
                        .formatted(
                                Json.quote(child.program().kind()),
                                Json.quote(child.program().name()),
                                child.totals().steps());
        return new Outcome(output, failure, child.usage(), producer);
    }
}
