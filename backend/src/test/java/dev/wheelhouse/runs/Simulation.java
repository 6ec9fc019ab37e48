package dev.wheelhouse.runs;

import dev.wheelhouse.simulation.World;
import dev.wheelhouse.workflows.SimulatedWorkflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One history of the engine, drawn from a seed: replicas carry runs on while they are killed, frozen and cut off, then
/// a quiet time in which all must come to its end.
final class Simulation {

    private static final Duration UNTIL_CANCELLED = Duration.ofSeconds(60);
    private static final Duration UNTIL_ENDED = Duration.ofMinutes(40);
    private static final Duration OUTSIDE = Duration.ofMillis(20);

    private final World world;
    private final Flavour flavour;
    private final Trouble trouble;
    private final Laws laws = new Laws();
    private final SimulatedDatabase database;
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final Map<String, SimulatedProgram> programs = new HashMap<>();
    private final People people;
    private final Mutant mutant;
    private final Kind kind;
    private int hosts;
    private long ids;

    /// What the runs that people start execute.
    enum Kind {
        /// Programs that are made for the simulation.
        STAGES,
        /// Workflows, by the program of production.
        WORKFLOWS
    }

    Simulation(long seed, Mutant mutant, boolean told) {
        this(seed, mutant, told, Kind.STAGES);
    }

    Simulation(long seed, Mutant mutant, boolean told, Kind kind) {
        this.kind = kind;
        this.world = new World(seed, told);
        this.mutant = mutant;
        this.trouble = new Trouble(world, seed);
        this.flavour = mutant.flavour(Flavour.drawn(world, trouble.target()));
        var tables = mutant.tables(this::id);
        laws.watch(tables);
        this.database = new SimulatedDatabase(world, tables);
        this.people = new People(this);
    }

    /// Lets it happen. Says which laws were broken.
    List<String> happen() {
        for (int count = 0; count < flavour.replicas(); count++) {
            join();
        }
        people.begin();
        every(flavour.kills(), () -> anyReplica().ifPresent(this::kill));
        every(flavour.freezes(), this::freeze);
        every(flavour.departures(), this::leave);
        every(flavour.restarts(), this::restart);
        world.run(flavour.trouble(), laws::areBroken);

        world.tell("From here on all goes well");
        trouble.end();
        while (replicas.size() < 2) {
            join();
        }
        people.waitForTheCancelled();
        runUntil(people::areTheCancelledGone, UNTIL_CANCELLED);
        people.answerEverything();
        runUntil(people::isAllDone, UNTIL_ENDED);
        if (!laws.areBroken()) {
            laws.atRest();
        }
        return laws.broken();
    }

    private void runUntil(java.util.function.BooleanSupplier done, Duration most) {
        world.run(world.time().plus(most), () -> laws.areBroken() || done.getAsBoolean());
    }

    /// Again and again at random moments, as long as there is trouble.
    void every(@Nullable Duration time, Runnable happening) {
        if (time != null) {
            world.at(world.now() + world.between(Duration.ZERO, time.multipliedBy(2)), () -> {
                if (!trouble.isOver()) {
                    happening.run();
                    every(time, happening);
                }
            });
        }
    }

    private Optional<SimulatedReplica> anyReplica() {
        return replicas.isEmpty() ? Optional.empty() : Optional.of(world.oneOf(replicas));
    }

    private void join() {
        var host = world.host("replica-" + ++hosts);
        world.tell("%s joins", host);
        replicas.add(new SimulatedReplica(this, host));
    }

    /// A process that has died is started again, as another replica.
    void kill(SimulatedReplica replica) {
        if (replicas.remove(replica)) {
            world.tell("%s is killed", replica.host());
            replica.host().kill();
            world.after(Duration.ofNanos(world.mostly(Duration.ofSeconds(1))), this::join);
        }
    }

    private void freeze() {
        anyReplica().ifPresent(this::freeze);
    }

    private void freeze(SimulatedReplica replica) {
        long time =
                world.between(Duration.ofMillis(10), flavour.config().lease().multipliedBy(3));
        world.tell("%s is frozen for %d ms", replica.host(), time / 1_000_000);
        replica.host().freezeUntil(world.now() + time);
    }

    private void leave() {
        anyReplica().filter(SimulatedReplica::takesRequests).ifPresent(replica -> {
            world.tell("%s is asked to leave", replica.host());
            replica.leave(() -> kill(replica));
        });
    }

    private void restart() {
        database.restart(Duration.ofNanos(world.between(Duration.ofMillis(10), Duration.ofSeconds(6))));
    }

    Program program(Run run, SimulatedReplica replica) {
        if (SimulatedWorkflow.isOne(run.program().name())) {
            return SimulatedWorkflow.of(run.program().name()).program(run, new Outside(replica));
        }
        var program = programs.computeIfAbsent(run.program().name(), SimulatedProgram::of);
        return program.program(run, mutant, piece -> step -> {
            laws.performs(step);
            try {
                return perform(step, piece, replica);
            } finally {
                laws.isDoneWith(step);
            }
        });
    }

    /// What a step does: takes a while, looks whether it still may, and acts on the world outside.
    private Outcome perform(StepContext step, SimulatedProgram.Piece piece, SimulatedReplica replica) throws Exception {
        var half = piece.time().dividedBy(2);
        replica.clock().sleep(half);
        step.ensureOwned();
        laws.begins(step, piece.effect());
        replica.clock().await(act(step.run(), step.step(), piece.effect(), step.idempotencyKey()));
        replica.clock().sleep(half);
        return piece.fails()
                ? Outcome.failed(new Failure("planned", "It was to fail"))
                : Outcome.of("{\"attempt\":" + step.attempt() + "}");
    }

    /// What steps of workflows do outside.
    private final class Outside implements SimulatedWorkflow.Outside {

        private final SimulatedReplica replica;

        Outside(SimulatedReplica replica) {
            this.replica = replica;
        }

        @Override
        public Outcome act(StepContext step, int first, Effect effect, Duration time, boolean fails) throws Exception {
            laws.performs(step);
            try {
                replica.clock().sleep(time.dividedBy(2));
                step.ensureOwned();
                laws.begins(step, effect);
                String key = first == step.step() ? step.idempotencyKey() : step.run() + ":" + first;
                replica.clock().await(Simulation.this.act(step.run(), first, effect, key));
                replica.clock().sleep(time.dividedBy(2));
                return fails
                        ? Outcome.failed(new Failure("planned", "It was to fail"))
                        : Outcome.of("{\"attempt\":" + step.attempt() + "}");
            } finally {
                laws.isDoneWith(step);
            }
        }

        @Override
        public void cancel(String idempotencyKey) {
            replica.stop(idempotencyKey);
        }

        @Override
        public Instant now() {
            return database.time();
        }

        @Override
        public void breaksLaw(String how) {
            laws.breaks(how);
        }
    }

    private CompletableFuture<Boolean> act(RunId run, int step, Effect effect, String key) {
        var answer = new CompletableFuture<Boolean>();
        world.after(Duration.ofNanos(world.mostly(OUTSIDE)), () -> {
            world.tell("          outside: %s %s step %d, key %s", effect, Laws.name(run), step, key);
            laws.happens(run, step, effect, key);
            world.after(Duration.ofNanos(world.mostly(OUTSIDE)), () -> answer.complete(true));
        });
        return answer;
    }

    Iterable<SimulatedReplica> othersThan(SimulatedReplica replica) {
        return replicas.stream().filter(other -> other != replica).toList();
    }

    List<SimulatedReplica> replicas() {
        return replicas;
    }

    UUID id() {
        return new UUID(++ids, Long.MIN_VALUE | ids);
    }

    Kind kind() {
        return kind;
    }

    World world() {
        return world;
    }

    SimulatedDatabase database() {
        return database;
    }

    Trouble trouble() {
        return trouble;
    }

    Laws laws() {
        return laws;
    }

    Flavour flavour() {
        return flavour;
    }

    Mutant mutant() {
        return mutant;
    }
}
