package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far a run has come, as its owner knows: the committed steps, the begun ones whose end is not on record, and what
/// time it spent waiting for people. Read from the log at a claim, kept up to date by whoever carries the run on.
final class Progress {

    private final List<Step> steps = new ArrayList<>();
    private final Map<Integer, Intent> intents = new HashMap<>();
    private final List<Integer> takeovers = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private Duration idle = Duration.ZERO;
    private final Instant createdAt;
    private @Nullable Instant waitsSince;
    private boolean hasAsked;
    private boolean isTakenOver;

    Progress(Instant createdAt) {
        this.createdAt = createdAt;
    }

    /// Reads what the replicas before have committed; the last entry is the claim by this one, and its time is now.
    void recover(List<EngineStore.Stored> log) {
        log.forEach(this::recover);
    }

    private void recover(EngineStore.Stored event) {
        switch (event.type()) {
            case STEP_SUCCEEDED, STEP_FAILED -> {
                intents.remove(event.step());
                add(EventData.step(event.step(), event.type(), event.data()));
            }
            case STEP_UNKNOWN -> isUnknown(event.step());
            case STEP_STARTED -> begun(event);
            case RUN_WAITING -> waits(event);
            case RUN_CLAIMED -> claimed(event);
            case RUN_CREATED, RUN_RELEASED, RUN_SUCCEEDED, RUN_FAILED, RUN_CANCELLED -> {}
        }
    }

    private void begun(EngineStore.Stored event) {
        var before = intents.get(event.step());
        var intent = Intent.read(event);
        intents.put(event.step(), before == null ? intent : intent.since(before.since()));
        hasAsked |= intent.approval() != null;
    }

    /// A run that waits for a person may be paused as well: it has been idle all the time.
    private void waits(EngineStore.Stored event) {
        if (!isIdle(event.data())) {
            waitsSince = null;
        } else if (waitsSince == null) {
            waitsSince = event.at();
        }
    }

    private void claimed(EngineStore.Stored event) {
        if (event.data().contains("\"epoch\":1,")) {
            // It had to wait its turn; its own time begins now.
            waitsSince = createdAt;
        }
        idle = waitsSince == null ? idle : idle.plus(Duration.between(waitsSince, event.at()));
        waitsSince = null;
        if (event.data().contains("\"takeover\"")) {
            takeovers.add(steps.size());
        }
    }

    private static boolean isIdle(String waiting) {
        return WaitingReason.of(Json.read(waiting).path("reason").asText()).isIdle();
    }

    /// The step has its end, and is no longer begun.
    void add(Step step) {
        intents.remove(step.number());
        // Nearly always the last one.
        int at = steps.size();
        while (at > 0 && steps.get(at - 1).number() > step.number()) {
            at--;
        }
        steps.add(at, step);
        usage = usage.plus(step.outcome().usage());
    }

    /// Begins the step, maybe again, as this owner.
    Intent begin(PlannedStep step, Instant now) {
        var before = intents.get(step.number());
        var begun = before == null
                ? new Intent(step.kind(), step.call(), 1, now, null, null, null, Intent.Doubt.NONE)
                : new Intent(
                        step.kind(),
                        step.call(),
                        before.attempt() + 1,
                        before.since(),
                        null,
                        null,
                        before.key(),
                        Intent.Doubt.NONE);
        intents.put(step.number(), begun);
        return begun;
    }

    /// The step has begun and ends without being performed.
    void state(PlannedStep step, Instant now) {
        var before = intents.get(step.number());
        var since = before == null ? now : before.since();
        var approval = step.action() instanceof PlannedStep.Action.Ask ? EventData.approval(step) : null;
        intents.put(
                step.number(), new Intent(step.kind(), step.call(), 1, since, null, approval, null, Intent.Doubt.NONE));
        hasAsked |= approval != null;
    }

    void sleepsUntil(int step, Instant until) {
        intents.computeIfPresent(step, (number, intent) -> intent.until(until));
    }

    /// It is known until when the step sleeps.
    boolean sleeps(int step) {
        var intent = intents.get(step);
        return intent != null && intent.sleepUntil() != null;
    }

    /// Whether it happened is not known, though this owner began it.
    void isInterrupted(PlannedStep step) {
        intents.computeIfPresent(step.number(), (number, intent) -> intent.with(Intent.Doubt.BEGUN));
    }

    /// The log says that whether it happened is not known.
    void isUnknown(int step) {
        intents.computeIfPresent(step, (number, intent) -> intent.with(Intent.Doubt.ON_RECORD));
    }

    /// A person has said that it has not happened: it may be begun again.
    void clear(int step) {
        intents.computeIfPresent(step, (number, intent) -> intent.with(Intent.Doubt.NONE));
    }

    /// What the owner before was doing, as far as it is not on record, is now done once more.
    void takenOver() {
        isTakenOver = true;
    }

    /// What begins from here on begins for the first time.
    void hasBegun() {
        isTakenOver = false;
    }

    int attempt(PlannedStep step) {
        var intent = intents.get(step.number());
        return intent == null ? isTakenOver ? 2 : 1 : intent.attempt();
    }

    /// The idempotency key of the step's effect.
    String key(Run run, PlannedStep step) {
        var intent = intents.get(step.number());
        return intent == null || intent.key() == null ? run.id() + ":" + step.number() : intent.key();
    }

    void asked() {
        hasAsked = true;
    }

    boolean hasAsked() {
        return hasAsked;
    }

    boolean has(int step) {
        for (int at = steps.size() - 1; at >= 0 && steps.get(at).number() >= step; at--) {
            if (steps.get(at).number() == step) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Intent intent(int step) {
        return intents.get(step);
    }

    /// An effect that must not be repeated unasked, and that an owner of the past had begun.
    boolean isDoubtful(PlannedStep work) {
        var intent = intents.get(work.number());
        return work.effect() == Effect.UNKEYED && intent != null && intent.doubt() != Intent.Doubt.NONE;
    }

    Usage usage() {
        return usage;
    }

    int committed() {
        return steps.size();
    }

    Duration idle() {
        return idle;
    }

    /// The same by then, with a wait that goes on.
    Duration idle(Instant now) {
        return waitsSince == null ? idle : idle.plus(Duration.between(waitsSince, now));
    }

    /// @param underWay steps that are performed here now
    History history(Run run, Duration age, Collection<PlannedStep> underWay) {
        return new History(run, List.copyOf(steps), open(underWay), age, List.copyOf(takeovers));
    }

    private List<OpenStep> open(Collection<PlannedStep> underWay) {
        if (intents.isEmpty() && underWay.isEmpty()) {
            return List.of();
        }
        var open = new TreeMap<Integer, OpenStep>();
        intents.forEach(
                (number, intent) -> open.put(number, new OpenStep(number, intent.kind(), intent.call(), false)));
        underWay.forEach(step -> open.put(step.number(), new OpenStep(step.number(), step.kind(), step.call(), true)));
        return List.copyOf(open.values());
    }
}
