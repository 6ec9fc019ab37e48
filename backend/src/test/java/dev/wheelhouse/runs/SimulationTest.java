package dev.wheelhouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine in a simulated world: a small form of `make simulate`, what it has found before, and whether it finds
/// what is wrong on purpose.
class SimulationTest {

    private static final long SEEDS = 500;
    /// Each is read twice at every question.
    private static final long SEEDS_OF_WORKFLOWS = 100;

    @BeforeAll
    static void silence() {
        Simulate.silence();
    }

    @Test
    void no_law_is_broken_in_any_history() throws Exception {
        var tally = Simulate.run(SEEDS, 2, Simulation.Kind.STAGES);

        assertThat(tally.broken()).isEmpty();
        assertThat(tally.takeovers()).as("takeovers").isGreaterThan(100);
        assertThat(tally.staleWrites()).as("stale writes\n%s", tally).isPositive();
    }

    @Test
    void no_law_is_broken_in_any_history_of_workflows() throws Exception {
        var tally = Simulate.run(SEEDS_OF_WORKFLOWS, 2, Simulation.Kind.WORKFLOWS);

        assertThat(tally.broken()).isEmpty();
        assertThat(tally.takeovers()).as("takeovers").isGreaterThan(20);
    }

    /// Written beside each is what the engine did wrong there once.
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            longs = {
                40, // The writer's thread died when a connection broke while it asked about a refused creation.
                92, // An owner of the past asked a person about what the next owner was doing.
                1832, // A pause held back the end of a run that was to be cancelled.
                1615 // A hint that a run is paused came after it had been resumed, and stopped it for good.
            })
    void history_that_once_broke_a_law_breaks_none_now(long seed) {
        assertThat(new Simulation(seed, Mutant.NONE, false).happen()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void deliberate_bug_is_found(Mutant mutant) {
        var found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> new Simulation(seed, mutant, false).happen())
                .filter(laws -> !laws.isEmpty())
                .findFirst();

        assertThat(found).as("a history in which \"%s\" breaks a law", mutant).isPresent();
    }

    @Test
    void same_seed_makes_the_same_history() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(history(seed)).as("seed %d", seed).isEqualTo(history(seed));
        }
        assertThat(history(1)).isNotEqualTo(history(2));
    }

    private static List<String> history(long seed) {
        var simulation = new Simulation(seed, Mutant.NONE, true);
        simulation.happen();
        return simulation.world().told();
    }
}
