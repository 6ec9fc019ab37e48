package dev.wheelhouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A deliberate bug, to see that the simulation finds it. The engine itself stays as it is: what is wrong is what a
/// statement does, a setting, or what the program tells the engine.
enum Mutant {
    /// The engine as it is.
    NONE,

    /// A commit looks at neither epoch nor seq, and appends to whatever is there.
    COMMIT_WITHOUT_EPOCH {
        @Override
        MemoryTables tables(Supplier<UUID> ids) {
            return new MemoryTables(ids) {
                @Override
                boolean holds(MemoryRun row, Commit commit) {
                    return true;
                }
            };
        }
    },

    /// An owner whose lease is over, and whose run another has taken, renews it all the same.
    RENEWAL_AFTER_EXPIRY {
        @Override
        MemoryTables tables(Supplier<UUID> ids) {
            return new MemoryTables(ids) {
                @Override
                boolean isRenewable(MemoryRun row, int epoch) {
                    return row.state == RunState.RUNNING;
                }
            };
        }
    },

    /// Nobody polls; whoever hears a hint looks.
    HINTS_RELIED_ON {
        @Override
        Flavour flavour(Flavour drawn) {
            var config = drawn.config();
            return drawn.with(new RunsConfig(config.lease(), Duration.ofDays(365), config.atOnce(), config.stopping()));
        }
    },

    /// What a step is about to do is not written down before it does it: the engine is told that it only reads.
    EFFECT_BEFORE_INTENT {
        @Override
        Effect declared(Effect effect) {
            return Effect.READ;
        }
    },

    /// A run that is about to wait does not see the word that has just come for it.
    LOST_WAKE_UP {
        @Override
        MemoryTables tables(Supplier<UUID> ids) {
            return new MemoryTables(ids) {
                @Override
                @Nullable
                Instant dueAfter(MemoryRun row, Commit commit, long leaseMillis, Instant now) {
                    row.nudged = false;
                    return super.dueAfter(row, commit, leaseMillis, now);
                }
            };
        }
    },

    /// Another replica takes the run before the lease is over.
    CLAIM_BEFORE_EXPIRY {
        @Override
        MemoryTables tables(Supplier<UUID> ids) {
            return new MemoryTables(ids) {
                @Override
                boolean isDue(MemoryRun row, Instant now) {
                    var soon = now.plusMillis(row.state == RunState.RUNNING ? 2_500 : 0);
                    return super.isDue(row, soon);
                }
            };
        }
    },

    /// Who lost the run goes on asking people about it.
    ASK_WITHOUT_EPOCH {
        @Override
        MemoryTables tables(Supplier<UUID> ids) {
            return new MemoryTables(ids) {
                @Override
                boolean mayAsk(MemoryRun row, int epoch) {
                    return true;
                }
            };
        }
    };

    MemoryTables tables(Supplier<UUID> ids) {
        return new MemoryTables(ids);
    }

    Flavour flavour(Flavour drawn) {
        return drawn;
    }

    /// As which class of effect a work is shown to the engine.
    Effect declared(Effect effect) {
        return effect;
    }
}
