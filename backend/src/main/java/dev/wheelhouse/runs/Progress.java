package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private Instant claimedAt;
    private @Nullable Instant waitsSince;
    private boolean hasAsked;
    private boolean isTakenOver;

    Progress(Instant createdAt) {
        this.createdAt = createdAt;
        this.claimedAt = createdAt;
    }

    /// Reads what the replicas before have committed; the last entry is the claim by this one, and its time is now.
    void recover(List<EngineStore.Stored> log) {
        claimedAt = log.getLast().at();
        log.forEach(this::recover);
    }

    private void recover(EngineStore.Stored event) {
        switch (event.type()) {
            case STEP_SUCCEEDED, STEP_FAILED -> {
                intents.remove(event.step());
                add(EventData.step(event.step(), event.type(), event.data()));
            }
            case STEP_UNKNOWN ->
                intents.computeIfPresent(event.step(), (step, begun) -> begun.with(Intent.Doubt.ON_RECORD));
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
        steps.add(step);
        steps.sort(Comparator.comparingInt(Step::number));
        usage = usage.plus(step.outcome().usage());
    }

    /// Begins the step, maybe again, as this owner.
    Intent begin(int step) {
        var before = intents.get(step);
        var begun = before == null
                ? new Intent(1, claimedAt, null, null, null, Intent.Doubt.NONE)
                : new Intent(before.attempt() + 1, before.since(), null, null, before.key(), Intent.Doubt.NONE);
        intents.put(step, begun);
        return begun;
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
        return steps.stream().anyMatch(one -> one.number() == step);
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

    /// When this owner took the run, by the store's clock.
    Instant claimedAt() {
        return claimedAt;
    }

    Duration idle() {
        return idle;
    }

    /// The same by then, with a wait that goes on.
    Duration idle(Instant now) {
        return waitsSince == null ? idle : idle.plus(Duration.between(waitsSince, now));
    }

    /// How long the step has been begun, at the time of the claim.
    Duration begunFor(int step) {
        var intent = intents.get(step);
        return intent == null ? Duration.ZERO : Duration.between(intent.since(), claimedAt);
    }

    History history(Run run, Duration age) {
        return new History(run, List.copyOf(steps), age, List.copyOf(takeovers));
    }
}
