package dev.wheelhouse.budgets;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one attempt at a step may spend at most, budget by budget. Settled once; what is settled later changes nothing.
public final class Reservation {

    /// One budget's part.
    record Line(Budget budget, String subject, long amount) {}

    private final Spender spender;
    private final int step;
    private final List<Line> lines;

    Reservation(Spender spender, int step, List<Line> lines) {
        this.spender = spender;
        this.step = step;
        this.lines = List.copyOf(lines);
    }

    Spender spender() {
        return spender;
    }

    int step() {
        return step;
    }

    List<Line> lines() {
        return lines;
    }

    /// No budget is about this step.
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /// What the step really spent, as the ledger writes it; a unit that is not named keeps its worst case.
    record Settlement(Reservation reservation, Map<Unit, Long> spent) {
        @Nullable
        Long amount(Line line) {
            return spent.get(line.budget().unit());
        }
    }

    UUID run() {
        return spender.run();
    }
}
