package dev.wheelhouse.runs;

import dev.wheelhouse.base.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an agent or a workflow implements: looks at the committed steps and says what comes next.
///
/// It is asked after each end of a step, while others may be under way, and names all that is to be done by now.
///
/// It must be free of effects and give the same answer for the same history: it is asked again after a takeover,
/// by another replica, maybe by a later version. Effects belong into the [PlannedStep] it returns.
@FunctionalInterface
public interface Program {

    Next next(History history);

    /// Which program a run carries out, for as long as it lasts: the kind says who knows it by name and revision.
    record Pin(String kind, String name, int revision) {}

    /// Finds the program that a run is pinned to. It may read the database.
    @FunctionalInterface
    interface Source {
        Program load(Run run);

        /// Of which kinds it finds programs, or null for whatever there is. Runs of other kinds are left to replicas
        /// that know them.
        default @Nullable Set<String> known() {
            return null;
        }

        /// Why a run that another one is about to call may not be started, or null. Asked once, before the call is on
        /// record; it may read the database.
        default @Nullable Problem refusal(NewRun called) {
            return null;
        }
    }
}
