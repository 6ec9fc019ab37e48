package dev.wheelhouse.programs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// No run is started for a budget that is used up. A replay spends nothing.
@Singleton
final class WithinBudget implements AdmissionCheck {

    // The least that a run can spend: one call of a model.
    private static final Map<Unit, Long> LEAST =
            Map.of(Unit.CALLS, 1L, Unit.STEPS, 1L, Unit.TOKENS, 1L, Unit.MONEY, 1L, Unit.TIME, 1L);

    private final Budgets budgets;

    WithinBudget(Budgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public String name() {
        return "budget";
    }

    @Override
    public @Nullable Problem refusal(NewRun wanted) {
        if (wanted.origin() != null && wanted.origin().is(Run.Origin.REPLAY)) {
            return null;
        }
        var refusal = budgets.usedUp(SpendAs.of(wanted), LEAST);
        if (refusal == null) {
            return null;
        }
        var problem = new Problem(ErrorCode.OVER_BUDGET, refusal.message(), refusal.hint());
        var until = refusal.until(Instant.now());
        return until == null ? problem : problem.retryAfter(until);
    }
}
