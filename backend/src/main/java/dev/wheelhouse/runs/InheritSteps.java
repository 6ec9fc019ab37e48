package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the entries with which a run begins that keeps steps of its origin, from the origin's log.
final class InheritSteps {

    private final NewRun.Keep keep;
    private final RunId origin;
    private final TreeMap<Integer, EngineStore.Stored> begun = new TreeMap<>();
    private final TreeMap<Integer, EngineStore.Stored> ended = new TreeMap<>();

    private InheritSteps(NewRun.Keep keep, RunId origin, List<EngineStore.Stored> log) {
        this.keep = keep;
        this.origin = origin;
        for (var event : log) {
            switch (event.type()) {
                case STEP_SUCCEEDED, STEP_FAILED -> ended.put(event.step(), event);
                case STEP_STARTED -> begun.put(event.step(), event);
                case STEP_UNKNOWN,
                        RUN_CREATED,
                        RUN_CLAIMED,
                        RUN_RELEASED,
                        RUN_WAITING,
                        RUN_SUCCEEDED,
                        RUN_FAILED,
                        RUN_CANCELLED -> {}
            }
        }
    }

    static List<Commit.Entry> of(NewRun.Keep keep, RunId origin, List<EngineStore.Stored> log) {
        var steps = new InheritSteps(keep, origin, log);
        var entries = new ArrayList<Commit.Entry>();
        steps.ended.forEach((step, end) -> {
            if (keep.steps().contains(step)) {
                entries.add(kept(end, keep.outputs().get(step)));
            }
        });
        if (keep.sameEffects()) {
            entries.addAll(steps.effects());
        }
        return entries;
    }

    /// What is kept was paid for by the origin.
    private static Commit.Entry kept(EngineStore.Stored end, @Nullable String output) {
        var step = unpaid((ObjectNode) Json.read(end.data()));
        if (output == null) {
            return new Commit.Entry(end.type(), end.step(), Text.storable(step.toString()));
        }
        step.remove("error");
        step.set("output", Json.read(output));
        return new Commit.Entry(EventType.STEP_SUCCEEDED, end.step(), Text.storable(step.toString()));
    }

    /// Without `use` the kind is not to be seen from it any more; it stands in front of the name.
    private static ObjectNode unpaid(ObjectNode step) {
        var unpaid = Json.mapper().createObjectNode();
        step.properties().forEach(field -> {
            if (field.getKey().equals("name")) {
                unpaid.put("kind", EventData.kind(step));
            }
            if (!field.getKey().equals("use") && !field.getKey().equals("kind")) {
                unpaid.set(field.getKey(), field.getValue());
            }
        });
        return unpaid;
    }

    /// What the origin has done, or may have done, of the steps that the program will ask for again as they were: those
    /// whose asker is kept. A call that a person is asked about anew may become another one.
    private List<Commit.Entry> effects() {
        var entries = new ArrayList<Commit.Entry>();
        var all = new TreeMap<>(ended);
        all.putAll(begun);
        var askers = new Askers();
        var askedAnew = new HashSet<String>();
        for (var event : all.values()) {
            int number = event.step();
            var step = Json.read(event.data());
            String call = step.hasNonNull("call") ? step.get("call").asText() : null;
            askers.add(number, call, EventData.askedBy(step));
            boolean isAsSaid = askers.isAnswer(number) || keep.steps().contains(askers.of(number));
            if (keep.steps().contains(number) || !isAsSaid) {
                continue;
            }
            if (Step.isQuestion(effect(step), step.path("input").toString())) {
                askedAnew.add(askers.of(number) + call);
            } else if (!askedAnew.contains(askers.of(number) + call) && isCarried(number, effect(step))) {
                entries.add(new Commit.Entry(EventType.STEP_STARTED, number, withKey(event)));
            }
        }
        return entries;
    }

    private static Effect effect(JsonNode step) {
        return Effect.of(step.path("effect").asText("read"));
    }

    /// A keyed effect acts once with its first key. One without a key is in doubt only where its end is not known.
    private boolean isCarried(int number, Effect effect) {
        return switch (effect) {
            case READ -> false;
            case KEYED -> begun.containsKey(number);
            case UNKEYED -> begun.containsKey(number) && !ended.containsKey(number);
        };
    }

    private String withKey(EngineStore.Stored intent) {
        String data = intent.data();
        return data.contains(",\"key\":\"") && data.indexOf(",\"key\":\"") < data.indexOf(",\"kind\":")
                ? data
                : data.replaceFirst(",\"kind\":", ",\"key\":\"%s:%d\",\"kind\":".formatted(origin, intent.step()));
    }
}
