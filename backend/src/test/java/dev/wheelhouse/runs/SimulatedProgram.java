package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A program drawn from a seed: stages one after the other, the steps of a stage side by side, some as soon as one of
/// the same stage has ended, whatever else is under way. The seed stands in the agent's name, so that every replica
/// draws the same.
final class SimulatedProgram {

    enum Kind {
        PERFORM,
        SLEEP,
        ASK,
        CALL
    }

    /// How it comes out when every stage is done.
    enum End {
        SUCCEEDS,
        FAILS,
        BREAKS
    }

    /// @param after the piece of the same stage that it follows, 0 for none
    /// @param time how long it takes or sleeps; for a question, after which it answers itself, zero for never
    record Piece(int number, int after, Kind kind, Effect effect, Duration time, boolean fails) {
        boolean isLong() {
            return kind == Kind.PERFORM && time.toMillis() > 400;
        }
    }

    private static final int DEEPEST = 2;

    final List<List<Piece>> stages = new ArrayList<>();
    final End end;
    private final SplittableRandom random;
    private final long seed;
    private final int depth;
    private int pieces;

    private SimulatedProgram(long seed, int depth) {
        this.random = new SplittableRandom(seed);
        this.seed = seed;
        this.depth = depth;
        int count = 1 + random.nextInt(4);
        for (int stage = 0; stage < count; stage++) {
            stages.add(stage());
        }
        int lot = random.nextInt(20);
        this.end = lot == 0 ? End.BREAKS : lot < 3 ? End.FAILS : End.SUCCEEDS;
    }

    static SimulatedProgram of(String agent) {
        var parts = agent.split("-");
        return new SimulatedProgram(Long.parseUnsignedLong(parts[1], 36), Integer.parseInt(parts[0].substring(1)));
    }

    static String agent(int depth, long seed) {
        return "p" + depth + "-" + Long.toUnsignedString(seed, 36);
    }

    private List<Piece> stage() {
        int side = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        int first = pieces + 1;
        return IntStream.range(0, side)
                .mapToObj(n -> piece(++pieces, n > 0 && random.nextInt(3) == 0 ? first + random.nextInt(n) : 0))
                .toList();
    }

    private Piece piece(int number, int after) {
        int lot = random.nextInt(100);
        var effect = Effect.values()[random.nextInt(Effect.values().length)];
        boolean fails = random.nextInt(12) == 0;
        if (lot < 66) {
            // Now and then longer than a lease.
            int most = random.nextInt(10) == 0 ? 15_000 : 800;
            return new Piece(number, after, Kind.PERFORM, effect, Duration.ofMillis(1 + random.nextInt(most)), fails);
        }
        if (lot < 76) {
            int most = random.nextInt(6) == 0 ? 120_000 : 6_000;
            return new Piece(
                    number, after, Kind.SLEEP, Effect.READ, Duration.ofMillis(1 + random.nextInt(most)), false);
        }
        if (lot < 92 || depth == DEEPEST) {
            var time = random.nextInt(4) == 0 ? Duration.ofMillis(100 + random.nextInt(20_000)) : Duration.ZERO;
            return new Piece(number, after, Kind.ASK, Effect.READ, time, false);
        }
        return new Piece(number, after, Kind.CALL, Effect.KEYED, Duration.ZERO, false);
    }

    String childOf(Piece piece) {
        return agent(depth + 1, seed * 31 + piece.number());
    }

    /// The program itself, as pure as it must be. `performing` makes the body of a piece.
    Program program(Run run, Mutant mutant, Function<Piece, PlannedStep.Body> performing) {
        return history -> next(run, history, mutant, performing);
    }

    private Next next(Run run, History history, Mutant mutant, Function<Piece, PlannedStep.Body> performing) {
        for (var stage : stages) {
            var left = stage.stream()
                    .filter(piece -> !hasEnded(history, piece.number()))
                    .toList();
            if (!left.isEmpty()) {
                return new Next.Steps(left.stream()
                        .filter(piece -> piece.after() == 0 || hasEnded(history, piece.after()))
                        .map(piece -> work(run, piece, mutant.declared(piece.effect()), performing.apply(piece)))
                        .toList());
            }
        }
        return switch (end) {
            case SUCCEEDS -> new Next.Succeed("done");
            case FAILS -> new Next.Fail(new Failure("planned", "It was to fail"));
            case BREAKS -> throw new IllegalStateException("It was to break");
        };
    }

    private static boolean hasEnded(History history, int number) {
        return history.steps().stream().anyMatch(step -> step.number() == number);
    }

    private PlannedStep work(Run run, Piece piece, Effect effect, PlannedStep.Body body) {
        String input = "{\"n\":" + piece.number() + "}";
        return switch (piece.kind()) {
            case PERFORM ->
                new PlannedStep(
                        piece.number(), "tool", "act", null, effect, input, new PlannedStep.Action.Execute(body));
            case SLEEP ->
                new PlannedStep(
                        piece.number(),
                        "wait",
                        "wait",
                        null,
                        Effect.READ,
                        input,
                        new PlannedStep.Action.Sleep(piece.time(), "\"rested\""));
            case ASK ->
                new PlannedStep(
                        piece.number(),
                        "decision",
                        "ask",
                        null,
                        Effect.READ,
                        null,
                        new PlannedStep.Action.Ask(
                                "tool",
                                "{\"tool\":\"act\",\"n\":" + piece.number() + "}",
                                false,
                                piece.time().isZero() ? null : piece.time(),
                                "{\"decision\":\"expired\"}"));
            case CALL ->
                new PlannedStep(
                        piece.number(),
                        "agent",
                        "call",
                        null,
                        Effect.KEYED,
                        input,
                        new PlannedStep.Action.Call(child(run, piece)));
        };
    }

    private NewRun child(Run run, Piece piece) {
        return NewRun.of(run.tenant(), new Program.Pin("agent", childOf(piece), 1), "[]")
                .idempotencyKey(run.id() + ":" + piece.number())
                .asker(run.asker())
                .calledBy(new Run.Parent(run.id(), piece.number(), run.depth() + 1))
                .build();
    }

    int pieces() {
        return pieces;
    }

    boolean has(java.util.function.Predicate<Piece> wanted) {
        return stages.stream().flatMap(List::stream).anyMatch(wanted);
    }
}
