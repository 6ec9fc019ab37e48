package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of the keys of CrewAI's agents and tasks beside their texts.
final class ImportKeys {

    private static final Set<String> TEXTS = Set.of("role", "goal", "backstory", "name", "config", "type");
    private static final Set<String> OF_TASKS =
            Set.of("description", "expected_output", "agent", "context", "name", "markdown", "config");

    /// Why a key is left out, and what does the same.
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("verbose", "Every step of a run is on record anyway"),
            Map.entry("cache", "What a step has put out is kept; calls are not shared between runs"),
            Map.entry("memory", "Give the member the notes tools"),
            Map.entry("allow_delegation", "Use process: hierarchical, or give the member call_agent with agents"),
            Map.entry("max_rpm", "Set a budget for the tenant"),
            Map.entry("max_retry_limit", "Failed calls of models are tried again by the platform"),
            Map.entry("step_callback", "Subscribe to the events of the run"),
            Map.entry("callback", "Subscribe to the events of the run"),
            Map.entry("knowledge_sources", "Give the member a tool that looks things up"),
            Map.entry("allow_code_execution", "Give the member a tool that runs code"),
            Map.entry("code_execution_mode", "Give the member a tool that runs code"),
            Map.entry("mcps", "Set up a tool server and name its tools"),
            Map.entry("apps", "Set up a tool server and name its tools"),
            Map.entry("async_execution", "Tasks are done one after the other; write states with parallel instead"),
            Map.entry("human_input", "Show the crew as states and add an approval after the task"),
            Map.entry("output_file", "The output of the task is kept with the run"),
            Map.entry("create_directory", "The output of the task is kept with the run"),
            Map.entry("output_json", "Write the JSON Schema of the answer under schema of the task"),
            Map.entry("output_pydantic", "Write the JSON Schema of the answer under schema of the task"),
            Map.entry("response_model", "Write the JSON Schema of the answer under schema of the task"),
            Map.entry("guardrail", "Show the crew as states and add a choice after the task"),
            Map.entry("guardrails", "Show the crew as states and add a choice after the task"),
            Map.entry("tools", "Give the tools to the member that does the task"));

    private final Crews.Here here;
    private final List<Crews.Left> left;

    ImportKeys(Crews.Here here, List<Crews.Left> left) {
        this.here = here;
        this.left = left;
    }

    void agent(String path, JsonNode agent, ObjectNode member) {
        agent.properties().forEach(field -> {
            String at = path + "/" + field.getKey();
            var value = field.getValue();
            switch (field.getKey()) {
                case "llm" -> model(at, value, member);
                case "tools" -> tools(at, value, member);
                case "max_iter" -> limit(at, value, member, "calls", 1_000, "");
                case "max_execution_time" -> limit(at, value, member, "time", 7 * 24 * 3600, "s");
                default -> {
                    if (!TEXTS.contains(field.getKey())) {
                        leave(at, field.getKey(), value);
                    }
                }
            }
        });
    }

    void task(String path, JsonNode task) {
        task.properties().forEach(field -> {
            if (!OF_TASKS.contains(field.getKey())) {
                leave(path + "/" + field.getKey(), field.getKey(), field.getValue());
            }
        });
    }

    /// What is switched off is not missed.
    private void leave(String path, String key, JsonNode value) {
        boolean isOff = value.isNull()
                || value.asText().equalsIgnoreCase("false")
                || value.isContainerNode() && value.isEmpty();
        if (!isOff) {
            left.add(new Crews.Left(
                    path, "\"%s\" has no counterpart in a crew".formatted(Text.shorten(key, 60)), REMEDIES.get(key)));
        }
    }

    private void model(String path, JsonNode value, ObjectNode member) {
        String model = value.isObject() ? value.path("model").asText() : value.asText();
        if (here.hasModel(model)) {
            member.put("model", model);
        } else if (!model.isBlank() && !value.isNull()) {
            left.add(new Crews.Left(
                    path,
                    "There is no model \"%s\"".formatted(Text.shorten(model, 80)),
                    "The member uses the model default; set up a model of that name, or choose another"));
        }
    }

    private void tools(String path, JsonNode value, ObjectNode member) {
        var list = value.isArray()
                ? value
                : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .arrayNode()
                        .add(value);
        for (var one : list) {
            @Nullable String name = one.isTextual() ? one.textValue().strip().replace("()", "") : null;
            if (name != null && here.hasTool(name)) {
                member.withArray("/tools").add(name);
            } else if (!one.isNull()) {
                left.add(new Crews.Left(
                        path,
                        "There is no tool \"%s\"".formatted(Text.shorten(name == null ? one.toString() : name, 80)),
                        "Set up a tool server that has it, then name the tool under tools of the member"));
            }
        }
    }

    private void limit(String path, JsonNode value, ObjectNode member, String limit, int most, String unit) {
        if (value.asText().matches("\\d{1,6}") && value.asInt() >= 1 && value.asInt() <= most) {
            member.withObject("/limits").put(limit, value.asText() + unit);
        } else if (!value.isNull()) {
            left.add(new Crews.Left(
                    path, "\"%s\" is out of range".formatted(Text.shorten(value.asText(), 40)), "Set limits." + limit));
        }
    }
}
