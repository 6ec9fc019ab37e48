package dev.wheelhouse.chaos;

import java.util.List;

/// All experiments, the most important first: in this order they run.
final class Experiments {

    private Experiments() {}

    static List<Experiment> all() {
        return List.of(
                new CrashStorm(),
                new WorkflowStorm(),
                new FrozenReplicas(),
                new DeadReplicas(),
                new DoubledDecisions(),
                new ReconnectingClients(),
                new RunawayAgents(),
                new RollingRestarts(),
                new FaultyPostgres(),
                new Partition(),
                new ClockSkew(),
                new FullDisk(),
                new StartOrder(),
                new OldSnapshot(),
                new ManySchedules(),
                new DoubledWebhooks(),
                new ToldThroughKills());
    }
}
