package dev.wheelhouse.chaos;

import java.util.List;
import java.util.function.ToLongFunction;

/// Budgets that many run-away agents spend together, on all replicas at once. The model server's list tells how many
/// calls came after the budget was used up.
final class SharedBudgets {

    private record Shared(String unit, long cap, ToLongFunction<ModelServer.Call> amount) {

        String agent() {
            return "shared-" + unit;
        }
    }

    private static final List<Shared> ALL = List.of(
            new Shared("calls", 80, call -> 1),
            new Shared("tokens", 60_000, call -> call.inputTokens() + call.outputTokens()),
            new Shared("money", 600_000, call -> RunawayAgents.cost(call)));

    private final World world;

    SharedBudgets(World world) {
        this.world = world;
    }

    /// Sets the budgets and lets so many runs loose on each.
    void start(int each, String definition) throws InterruptedException {
        for (var shared : ALL) {
            world.agent(shared.agent(), List.of("effect_keyed"), definition);
            String body = "{\"scope\":\"agent\",\"subject\":\"%s\",\"unit\":\"%s\",\"period\":\"total\",\"cap\":%d}"
                    .formatted(shared.agent(), shared.unit(), shared.cap());
            world.api().post("/api/v1/budgets", body, shared.agent()).expect(201);
        }
        int started = 0;
        for (int n = 0; n < each; n++) {
            for (var shared : ALL) {
                RunawayAgents.next(world, started++).start(shared.agent(), "away " + shared.agent() + "-" + n);
            }
        }
    }

    /// The most calls that were made from the one on that used a budget up.
    long over() {
        return ALL.stream()
                .mapToLong(shared -> RunawayAgents.passed(
                        world.model().calls().stream().filter(call -> call.run().startsWith(shared.agent() + "-")),
                        shared.amount(),
                        shared.cap()))
                .max()
                .orElse(0);
    }

    /// The least share of a budget that was spent in the end: one that is hardly touched has proved nothing.
    double leastUsed() {
        return ALL.stream()
                .mapToDouble(shared -> 1.0
                        * world.model().calls().stream()
                                .filter(call -> call.run().startsWith(shared.agent() + "-"))
                                .mapToLong(shared.amount())
                                .sum()
                        / shared.cap())
                .min()
                .orElse(0);
    }
}
