package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.simulation.World;
import dev.wheelhouse.workflows.SimulatedWorkflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who uses the platform in a simulation: starts runs and asks again where no answer came, answers questions (two
/// people at once), cancels, pauses and resumes.
final class People {

    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    /// How many different ones there are: they are read once.
    private static final int WORKFLOWS = 400;
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

    private final Simulation simulation;
    private final World world;
    private final MemoryTables tables;
    private final Set<String> toBeStarted = new HashSet<>();
    private final List<RunId> started = new ArrayList<>();
    private boolean isPatient = true;
    private int names;

    People(Simulation simulation) {
        this.simulation = simulation;
        this.world = simulation.world();
        this.tables = simulation.database().tables;
    }

    void begin() {
        var flavour = simulation.flavour();
        long most = flavour.trouble().toNanos() / 2;
        for (int number = 1; number <= flavour.runs(); number++) {
            int wanted = number;
            String agent = agent();
            toBeStarted.add("wanted-" + number);
            long moment = world.between(Duration.ZERO, Duration.ofNanos(most));
            world.at(world.now() + moment, () -> start(wanted(wanted, agent)));
        }
        simulation.every(flavour.words(), () -> anyQuestion().ifPresent(this::answer));
        simulation.every(flavour.cancels(), () -> anyRun().ifPresent(this::cancel));
        simulation.every(flavour.pauses(), () -> anyRun().ifPresent(this::pauseOrResume));
    }

    private Optional<SimulatedReplica> anyReplica() {
        var some = simulation.replicas().stream()
                .filter(SimulatedReplica::takesRequests)
                .toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(some));
    }

    private String agent() {
        if (simulation.kind() == Simulation.Kind.WORKFLOWS) {
            return SimulatedWorkflow.name(0, world.below(WORKFLOWS));
        }
        String agent = SimulatedProgram.agent(0, world.any());
        for (int tries = 0; tries < 20 && !simulation.flavour().suits(SimulatedProgram.of(agent)); tries++) {
            agent = SimulatedProgram.agent(0, world.any());
        }
        return agent;
    }

    /// A run of a thread of its own, or one more of a thread that is there, which may be busy.
    private NewRun wanted(int number, String agent) {
        var thread = started.isEmpty() || world.draw(0.6)
                ? null
                : tables.runs.get(world.oneOf(started)).thread();
        return NewRun.of(
                        TenantId.DEFAULT,
                        new Program.Pin(SimulatedWorkflow.isOne(agent) ? "workflow" : "agent", agent, 1),
                        "[]")
                .thread(thread)
                .idempotencyKey("wanted-" + number)
                .whenBusy(world.oneOf(List.of(NewRun.WhenBusy.values())))
                .build();
    }

    /// Asks with the same idempotency key until there is an answer.
    private void start(NewRun wanted) {
        if (!toBeStarted.contains(wanted.idempotencyKey())) {
            return;
        }
        world.after(TIMEOUT, () -> start(wanted));
        var id = new RunId(simulation.id());
        anyReplica().ifPresent(replica -> {
            world.tell("%s is asked to start %s", replica.host(), Laws.name(id));
            replica.start(wanted, id, answer -> {
                toBeStarted.remove(wanted.idempotencyKey());
                answer.ifPresent(run -> {
                    simulation.laws().acknowledge(run);
                    started.add(run);
                });
            });
        });
    }

    private Optional<MemoryRun> anyRun() {
        var open = tables.runs.values().stream().filter(MemoryRun::isOpen).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(open));
    }

    private Optional<MemoryQuestion> anyQuestion() {
        var open = questions();
        return open.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(open));
    }

    private List<MemoryQuestion> questions() {
        return tables.questions.values().stream().filter(MemoryQuestion::isOpen).toList();
    }

    private void cancel(MemoryRun row) {
        anyReplica().ifPresent(replica -> replica.cancel(row.id, done -> {}));
    }

    private void pauseOrResume(MemoryRun row) {
        anyReplica().ifPresent(replica -> {
            if (row.paused) {
                replica.resume(row.id, done -> {});
            } else {
                replica.pause(row.id, done -> {});
            }
        });
    }

    private void answer(MemoryQuestion row) {
        decide(row);
        if (world.draw(0.5)) {
            decide(row);
        }
    }

    private void decide(MemoryQuestion row) {
        String decision =
                switch (row.asked.kind()) {
                    case "outcome" -> world.oneOf(List.of("happened", "again", "stop"));
                    case Questions.SIGNAL -> "approve";
                    default -> world.oneOf(List.of("approve", "reject"));
                };
        // What stands under "signal" is what a state that waits for one is told.
        String answer = row.asked.kind().equals(Questions.SIGNAL) ? "signal" : "answer";
        String word = "{\"decision\":\"%s\",\"by\":\"person-%d.\",\"%s\":{\"by\":\"person-%d.\"}}"
                .formatted(decision, ++names, answer, names);
        String state = decision.equals("reject") ? "rejected" : "approved";
        var run = row.asked.run();
        anyReplica().ifPresent(replica -> {
            world.tell(
                    "%s is told \"%s\" about step %d of %s",
                    replica.host(), decision, row.asked.step(), Laws.name(run));
            replica.answer(run, row.id, state, word, counts -> {});
        });
    }

    // ---- When all goes well ----

    void waitForTheCancelled() {
        world.tell("Whatever is to be cancelled has to end by itself");
    }

    boolean areTheCancelledGone() {
        return toBeStarted.isEmpty()
                && tables.runs.values().stream()
                        .noneMatch(row -> row.isOpen() && simulation.laws().isAskedToEnd(row.id));
    }

    /// Resumes what is paused and answers what is asked, except for runs that had to end by themselves.
    void answerEverything() {
        world.tell("People answer everything and resume whatever is paused");
        isPatient = false;
        answerAndResume();
    }

    private void answerAndResume() {
        tables.runs.values().stream()
                .filter(row -> row.paused && row.isOpen() && !isToEnd(row.id))
                .forEach(row -> anyReplica().ifPresent(replica -> replica.resume(row.id, done -> {})));
        questions().stream().filter(row -> !isToEnd(row.asked.run())).forEach(this::decide);
        world.after(NOW_AND_THEN, this::answerAndResume);
    }

    private boolean isToEnd(RunId run) {
        return simulation.laws().isAskedToEnd(run);
    }

    boolean isAllDone() {
        return !isPatient
                && toBeStarted.isEmpty()
                && tables.runs.values().stream().noneMatch(MemoryRun::isOpen);
    }
}
