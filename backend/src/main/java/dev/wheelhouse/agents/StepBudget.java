package dev.wheelhouse.agents;

import static java.util.Objects.requireNonNull;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.budgets.Refusal;
import dev.wheelhouse.budgets.Reservation;
import dev.wheelhouse.budgets.Spender;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.programs.SpendAs;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.LostRunException;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.StepContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pays for a run's steps from the budgets that it shares with other runs: reserves the worst case of a step before it
/// is executed and settles what it used. A step that does not fit is made smaller if that makes sense, or refused.
public final class StepBudget {

    static final String OVER = "over_budget";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_TRIES = 3;

    // These fail before the provider does any work.
    private static final Set<String> NOT_BILLED =
            Set.of("refused", "rate_limited", "unreachable", "unknown_model", "provider_error");

    /// The step itself.
    @FunctionalInterface
    public interface Body {
        Outcome perform() throws InterruptedException;
    }

    private final @Nullable Budgets budgets;
    private final Function<Integer, Spender> spender;
    private final Map<Integer, Spender> spenders = new ConcurrentHashMap<>();

    /// @param spender who the run spends as, by epoch
    StepBudget(@Nullable Budgets budgets, Function<Integer, Spender> spender) {
        this.budgets = budgets;
        this.spender = spender;
    }

    /// In the name of this run and of those that it was called by, which are read once and only if there are budgets.
    public static StepBudget of(Budgets budgets, Run run, Supplier<Runs> runs) {
        return new StepBudget(budgets, epoch -> SpendAs.of(run, epoch, above(run, runs)));
    }

    private static List<Run> above(Run run, Supplier<Runs> runs) {
        var above = new ArrayList<Run>();
        for (var parent = run.parent(); parent != null; parent = above.getLast().parent()) {
            above.add(runs.get().get(run.tenant(), parent.run()));
        }
        return above;
    }

    /// Pays for everything: no budgets apply.
    static StepBudget unlimited() {
        return new StepBudget(null, epoch -> {
            throw new IllegalStateException("Without budgets there is no spender");
        });
    }

    /// Makes a model call. It may be made smaller first; `ask` receives the call that is finally made.
    Outcome ask(StepContext context, PlannedModelCall question, Function<PlannedModelCall, Body> ask)
            throws InterruptedException {
        var mine = spender(context);
        if (mine == null) {
            return question.checked(ask.apply(question).perform());
        }
        if (question.prices() == null
                && budgets().about(mine).stream().anyMatch(budget -> budget.unit() == Unit.MONEY)) {
            return Outcome.failed(question.unknownPrice());
        }
        var bounded = question.bounded();
        Reservation granted = null;
        for (int tries = 1; granted == null; tries++) {
            var answer = reserve(mine, context.step(), bounded.worst(), tries == 1 ? TIMEOUT : Duration.ZERO);
            var refused = answer.refused();
            if (refused != null) {
                var smaller = tries < MOST_TRIES ? bounded.smaller(refused, over(refused)) : null;
                if (smaller == null) {
                    return Outcome.failed(over(refused));
                }
                bounded = smaller;
            }
            granted = answer.granted();
        }
        return bounded.checked(settled(granted, ask.apply(bounded)));
    }

    /// Calls a tool that returns at most `output` bytes within `longest`.
    public Outcome call(StepContext context, long output, Duration longest, Body body) throws InterruptedException {
        var mine = spender(context);
        if (mine == null) {
            return body.perform();
        }
        var worst = Map.of(Unit.STEPS, 1L, Unit.OUTPUT, output, Unit.TIME, longest.toMillis());
        var answer = reserve(mine, context.step(), worst, TIMEOUT);
        var granted = answer.granted();
        return granted == null ? Outcome.failed(over(requireNonNull(answer.refused()))) : settled(granted, body);
    }

    private Budgets budgets() {
        return requireNonNull(budgets);
    }

    /// Null if no budget applies.
    private @Nullable Spender spender(StepContext context) throws InterruptedException {
        return budgets == null
                ? null
                : reached(() -> {
                    if (!budgets.has(context.tenant())) {
                        return null;
                    }
                    var mine = spenders.computeIfAbsent(context.epoch(), spender);
                    return budgets.about(mine).isEmpty() ? null : mine;
                });
    }

    private Budgets.Answer reserve(Spender mine, int step, Map<Unit, Long> worst, Duration timeout)
            throws InterruptedException {
        return reached(() -> budgets().reserve(mine, step, worst, timeout));
    }

    @FunctionalInterface
    private interface Asking<T extends @Nullable Object> {
        T answer() throws InterruptedException;
    }

    /// An unavailable Postgres does not fail the step: the step is not executed, and the run continues once Postgres
    /// is back.
    private static <T extends @Nullable Object> T reached(Asking<T> asking) throws InterruptedException {
        try {
            return asking.answer();
        } catch (Problem e) {
            if (e.code() == ErrorCode.NOT_READY) {
                throw new LostRunException("budgets cannot be read: " + e.message());
            }
            throw e;
        } catch (DatabaseException e) {
            if (e.isPassing()) {
                throw new LostRunException("budgets cannot be read: " + e.getMessage());
            }
            throw e;
        }
    }

    private Outcome settled(Reservation granted, Body body) throws InterruptedException {
        long began = System.nanoTime();
        Outcome outcome = null;
        try {
            outcome = body.perform();
        } finally {
            // An interrupted step may have cost everything that was reserved.
            if (outcome == null) {
                budgets().giveUp(granted);
            }
        }
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        budgets().settle(granted, spent(outcome, took));
        return outcome;
    }

    private static Map<Unit, Long> spent(Outcome outcome, long took) {
        var spent = new HashMap<Unit, Long>();
        spent.put(Unit.CALLS, 1L);
        spent.put(Unit.STEPS, 1L);
        spent.put(Unit.TIME, took);
        String output = outcome.output();
        spent.put(Unit.OUTPUT, output == null ? 0 : (long) output.getBytes(StandardCharsets.UTF_8).length);
        var usage = outcome.usage();
        if (outcome.producer() != null) {
            spent.put(Unit.TOKENS, usage.inputTokens() + usage.outputTokens());
            if (usage.costMicroUnits() != null) {
                spent.put(Unit.MONEY, usage.costMicroUnits());
            }
        } else if (outcome.failure() != null
                && NOT_BILLED.contains(outcome.failure().code())) {
            spent.put(Unit.TOKENS, 0L);
            spent.put(Unit.MONEY, 0L);
        }
        return spent;
    }

    private static Failure over(Refusal refusal) {
        return new Failure(OVER, refusal.message(), refusal.hint());
    }
}
