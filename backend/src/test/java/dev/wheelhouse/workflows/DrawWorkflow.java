package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.util.SplittableRandom;

/// Draws a definition over all kinds of states from the seed in its name.
final class DrawWorkflow {

    private static final int DEEPEST = 2;

    private final SplittableRandom random;
    private final int depth;
    private final int seed;
    private int calls;

    private DrawWorkflow(int depth, int seed) {
        this.random = new SplittableRandom(seed * 31L + depth);
        this.depth = depth;
        this.seed = seed;
    }

    /// @param name such as `w0-17`: how deep it is called, and the seed
    static String yaml(String name) {
        var parts = name.substring(1).split("-");
        var draw = new DrawWorkflow(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        var whole = draw.machine(0, 2 + draw.random.nextInt(5));
        whole.put("kind", "workflow").put("name", name);
        whole.putObject("input").put("type", "object");
        return whole.toString();
    }

    private ObjectNode machine(int inside, int count) {
        var machine = Json.mapper().createObjectNode().put("start", "s0");
        var states = machine.putObject("states");
        var names = new String[count + 1];
        for (int at = 0; at < count; at++) {
            names[at] = at == 0 ? "s0" : (random.nextInt(3) == 0 ? "u" : "s") + at;
        }
        names[count] = "end";
        for (int at = 0; at < count; at++) {
            state(states.putObject(names[at]), inside, names, at);
        }
        boolean fails = random.nextInt(inside == 0 ? 3 : 8) == 0;
        if (fails) {
            states.putObject("end").putObject("fail").put("code", "planned");
        } else {
            states.putObject("end").putObject("succeed").put("output", "done");
        }
        return machine;
    }

    private void state(ObjectNode state, int inside, String[] names, int at) {
        String next = names[at + 1];
        boolean canBeUndone = names[at].startsWith("u");
        if (canBeUndone) {
            tool(state.putObject("undo"), "keyed", 0);
        }
        int lot = random.nextInt(inside < DEEPEST ? 15 : 11);
        // What a person or nobody answers may fail a state whose step has an end: not for the law of undoing.
        lot = canBeUndone && (lot == 5 || lot == 9) ? 0 : lot;
        switch (lot) {
            case 0, 1, 2 -> act(state, canBeUndone);
            case 3 -> called(state, "agent", "p" + (depth + 1) + "-" + random.nextInt(400));
            case 4 -> called(state, "workflow", "w" + (depth + 1) + "-" + random.nextInt(400));
            case 5 -> approval(state, names[names.length - 1]);
            case 6 -> choice(state, names, at);
            case 7 -> state.putObject("wait").put("for", 1 + random.nextInt(8));
            case 8 -> state.putObject("wait").put("until", "2026-12-01T00:00:00Z");
            case 9 -> signal(state, next);
            case 10 -> state.putObject("set").put("x", "${1 + %d}".formatted(random.nextInt(9)));
            case 11, 12 -> parallel(state, inside);
            default -> map(state, inside);
        }
        if (lot != 6) {
            state.put("next", next);
        }
        if (lot < 5 && random.nextInt(3) == 0 || lot > 10 && random.nextBoolean()) {
            state.putArray("catch")
                    .addObject()
                    .put("next", names[at + 1 + random.nextInt(names.length - at - 1)])
                    .putArray("on")
                    .add("any");
        }
    }

    private void act(ObjectNode state, boolean once) {
        int kind = once ? 1 : random.nextInt(5);
        String effect = kind == 0 ? "read" : kind == 4 ? "unkeyed" : "keyed";
        int failing = effect.equals("unkeyed") ? 0 : Math.max(0, random.nextInt(5) - 2);
        tool(state, effect, failing);
        if (failing > 0 && random.nextInt(4) > 0) {
            state.putObject("retry").put("attempts", 3).put("delay", "1s");
        }
    }

    private void tool(ObjectNode state, String effect, int failing) {
        int most = random.nextInt(10) == 0 ? 15_000 : 600;
        state.put("tool", "act_" + effect)
                .putObject("args")
                .put("ms", 1 + random.nextInt(most))
                .put("failing", failing);
    }

    /// Deep ones act by themselves.
    private void called(ObjectNode state, String kind, String name) {
        if (depth >= DEEPEST) {
            act(state, false);
            return;
        }
        state.put(kind, name).put("input", "x");
        if (random.nextInt(3) == 0) {
            state.put("timeout", (1 + random.nextInt(20)) + "s");
        }
    }

    private void approval(ObjectNode state, String end) {
        var approval = state.putObject("approval").put("message", "Go on?");
        approval.put("expires", random.nextBoolean() ? "24h" : (1 + random.nextInt(20)) + "s");
        approval.put("otherwise", random.nextBoolean() ? "approve" : "reject");
        if (random.nextBoolean()) {
            state.put("rejected", end);
        }
    }

    /// Some go back, which ends at the limit of visits.
    private void choice(ObjectNode state, String[] names, int at) {
        boolean back = random.nextInt(6) == 0;
        state.putArray("choice")
                .addObject()
                .put("when", back || random.nextBoolean() ? "true" : "1 > 2")
                .put(
                        "next",
                        back ? names[random.nextInt(at + 1)] : names[at + 1 + random.nextInt(names.length - at - 1)]);
        state.put("otherwise", names[at + 1]);
        if (back) {
            state.put("visits", 2);
        }
    }

    private void signal(ObjectNode state, String next) {
        state.putObject("wait").put("signal", "go");
        if (random.nextBoolean()) {
            state.put("timeout", (1 + random.nextInt(20)) + "s");
            state.putArray("catch").addObject().put("next", next).putArray("on").add("timeout");
        }
    }

    private void parallel(ObjectNode state, int inside) {
        var parallel = state.putObject("parallel");
        int count = 2 + random.nextInt(2);
        switch (random.nextInt(3)) {
            case 0 -> parallel.put("join", "any");
            case 1 -> parallel.put("join", count - 1);
            default -> parallel.put("join", "all");
        }
        var branches = parallel.putObject("branches");
        for (int branch = 0; branch < count; branch++) {
            branches.set("b" + branch, machine(inside + 1, 1 + random.nextInt(2)));
        }
        overall(state);
    }

    private void map(ObjectNode state, int inside) {
        var map = machine(inside + 1, 1 + random.nextInt(2));
        map.put("over", "${[1, 2, 3, 4]}").put("as", "item" + inside).put("atMost", 1 + random.nextInt(3));
        map.put("tolerate", random.nextInt(3));
        state.set("map", map);
        overall(state);
    }

    private void overall(ObjectNode state) {
        if (random.nextInt(4) == 0) {
            state.put("timeout", (2 + random.nextInt(20)) + "s");
        }
    }
}
