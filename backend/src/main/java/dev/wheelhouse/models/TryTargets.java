package dev.wheelhouse.models;

import dev.wheelhouse.models.TryFailed.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One call: asks the targets in order, each several times, until one answers or the budget is used up.
///
/// Text of a try that failed is taken back before the next try: whoever watches is told that the answer begins anew.
final class TryTargets {

    /// Waits between two tries.
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final ModelsConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final List<ModelListener> listeners;
    private final ModelCall call;
    private final Instant began;
    private final Shown shown;
    private int tries;
    private @Nullable TryFailed last;

    TryTargets(Surroundings around, ModelCall call, ModelWatcher watcher) {
        this.config = around.config();
        this.clock = around.clock();
        this.random = around.random();
        this.pause = around.pause();
        this.listeners = around.listeners();
        this.call = call;
        this.began = clock.instant();
        this.shown = new Shown(watcher, clock);
    }

    /// What all calls share.
    record Surroundings(
            ModelsConfig config,
            InstantSource clock,
            RandomGenerator random,
            Pause pause,
            List<ModelListener> listeners) {}

    ModelReply run(List<Target> targets) throws InterruptedException {
        for (Target target : inOrder(targets)) {
            ModelReply reply = ask(target);
            if (reply != null) {
                return reply;
            }
            if (last != null && last.remedy() == Remedy.NONE) {
                break;
            }
        }
        throw last == null
                ? new ModelException("timeout", "The call had no time left for a try", "Give it a larger budget", true)
                : last.asModelException(last.remedy() == Remedy.RETRY);
    }

    /// Cooling targets come last instead of never: with nothing else left, trying beats refusing.
    private List<Target> inOrder(List<Target> targets) {
        Instant now = clock.instant();
        return targets.stream()
                .sorted((left, right) -> Boolean.compare(left.isCooling(now), right.isCooling(now)))
                .toList();
    }

    private @Nullable ModelReply ask(Target target) throws InterruptedException {
        for (int attempt = 1; attempt <= config.tries() && left().isPositive(); attempt++) {
            Instant start = clock.instant();
            try {
                tries++;
                shown.reset();
                return reply(target, target.provider().ask(call, shown, left()), start);
            } catch (TryFailed failure) {
                failed(target, failure, start);
                boolean again = failure.remedy() == Remedy.RETRY && attempt < config.tries();
                if (!again || !pauseBefore(attempt, failure.retryAfter())) {
                    return null;
                }
            }
        }
        return null;
    }

    private ModelReply reply(Target target, Answer answer, Instant start) {
        target.succeeded();
        Prices prices = target.prices();
        Long cost = prices == null || !answer.counted() ? null : Long.valueOf(prices.cost(answer.use()));
        var reply = new ModelReply(
                answer.text(),
                answer.toolCalls(),
                answer.finish(),
                answer.use(),
                cost,
                call.alias(),
                target.config().provider(),
                target.config().name(),
                target.isDemo(),
                tries,
                answer.counted(),
                answer.kept(),
                answer.thoughts());
        Duration took = Duration.between(start, clock.instant());
        Instant first = shown.first();
        Duration toFirst = first == null ? took : Duration.between(start, first);
        listeners.forEach(listener -> listener.called(call, reply, took, toFirst));
        return reply;
    }

    private void failed(Target target, TryFailed failure, Instant start) {
        last = failure;
        Instant now = clock.instant();
        if (failure.remedy() != Remedy.NONE) {
            target.failed(now, config.coolAfter(), config.coolDown());
        }
        TargetConfig asked = target.config();
        Duration took = Duration.between(start, now);
        listeners.forEach(listener -> listener.failed(call, asked.provider(), asked.name(), failure.code(), took));
    }

    /// False where the pause would not end within the budget: then the next target is asked at once.
    private boolean pauseBefore(int attempt, @Nullable Duration retryAfter) throws InterruptedException {
        Duration backOff = config.pause().multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration bounded = backOff.compareTo(LONGEST_PAUSE) < 0 ? backOff : LONGEST_PAUSE;
        Duration jittered = Duration.ofNanos((long) (bounded.toNanos() * random.nextDouble(0.5, 1.0)));
        Duration length = retryAfter == null || retryAfter.compareTo(jittered) < 0 ? jittered : retryAfter;
        if (length.compareTo(left()) >= 0) {
            return false;
        }
        pause.of(length);
        return true;
    }

    private Duration left() {
        return call.budget().minus(Duration.between(began, clock.instant()));
    }

    /// Remembers when the first text was shown.
    private static final class Shown implements ModelWatcher {
        private final ModelWatcher inner;
        private final InstantSource clock;
        private @Nullable Instant first;

        Shown(ModelWatcher inner, InstantSource clock) {
            this.inner = inner;
            this.clock = clock;
        }

        @Override
        public void delta(String text) {
            if (!text.isEmpty()) {
                first = first == null ? clock.instant() : first;
                inner.delta(text);
            }
        }

        /// Takes back what a failed try has shown, if it has.
        @Override
        public void reset() {
            if (first != null) {
                first = null;
                inner.reset();
            }
        }

        @Nullable
        Instant first() {
            return first;
        }
    }
}
