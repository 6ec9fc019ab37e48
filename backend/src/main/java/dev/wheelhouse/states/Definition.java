package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Definition.Limits;
import dev.wheelhouse.runs.NewRun;
import java.time.Duration;
import java.util.Map;

/// What a workflow is: one revision's content.
///
/// @param input JSON Schema of what a run is given
/// @param limits what a run may use, all that it calls included
/// @param whenBusy what happens to a new run while its thread has an open one, unless the request overrides it
/// @param agents those that it has for itself, by name
public record Definition(
        String name,
        String description,
        JsonNode input,
        Limits limits,
        NewRun.WhenBusy whenBusy,
        Map<String, dev.wheelhouse.agents.Definition> agents,
        State.Machine machine) {

    /// More than an agent's: a workflow may wait for days and go over many items.
    static final Limits USUAL =
            new Limits(100_000, 10_000, 10_000_000, null, Duration.ofDays(30), 1_000_000_000, 5, 3, 10);

    /// Whether it can be spoken to as an agent can: its one required input is the text `message`.
    public boolean takesMessage() {
        var required = input.path("required");
        var message = input.path("properties").path("message");
        return required.size() == 1
                && required.path(0).asText().equals("message")
                && message.path("type").asText("string").equals("string");
    }

    /// Whether any of its states says how it is undone.
    public boolean canUndo() {
        return canUndo(machine);
    }

    private static boolean canUndo(State.Machine machine) {
        return machine.states().values().stream()
                .anyMatch(state -> state.way().undo() != null
                        || switch (state) {
                            case State.Parallel parallel ->
                                parallel.branches().values().stream().anyMatch(Definition::canUndo);
                            case State.Each each -> canUndo(each.each());
                            case State.Agent _,
                                    State.Tool _,
                                    State.Workflow _,
                                    State.Approval _,
                                    State.Choice _,
                                    State.Wait _,
                                    State.Assign _,
                                    State.Succeed _,
                                    State.Fail _ -> false;
                        });
    }
}
