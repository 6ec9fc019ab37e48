package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ScriptedModels;
import dev.wheelhouse.models.ToolRequest;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that have to match a schema, from models that keep to it and from those that do not.
class StructuredOutputTest {

    private static final JsonNode SCHEMA = Json.read("""
            {"type": "object", "properties": {"city": {"type": "string"}, "people": {"type": "integer", "minimum": 0}},
             "required": ["city"], "additionalProperties": false}""");
    private static final String ROME = "{\"city\":\"Rome\",\"people\":3}";

    private final Rehearsal rehearsal = new Rehearsal(TestLoops.run());

    private static ScriptedModels saying(String... answers) {
        var left = new ArrayDeque<>(List.of(answers));
        return new ScriptedModels(
                null, call -> new ScriptedModels.Said(left.size() > 1 ? left.pop() : left.peek(), List.of(), 10, 10));
    }

    private String carriedThrough(ScriptedModels models) throws Exception {
        return rehearsal.carryThrough(TestLoops.loop(models.models, SCHEMA, TestLoops.WIDE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\":\"Rome\",\"people\":3}",
                "  {\"city\" : \"Rome\",\n \"people\" : 3}\n\n",
                "```json\n{\"city\":\"Rome\",\"people\":3}\n```",
                "```\n{\"city\":\"Rome\",\"people\":3}```",
                "\n```JSON\n\n{\"city\":\"Rome\",\"people\":3}\n\n```\n"
            })
    void answer_that_matches_is_text_and_a_value(String answer) throws Exception {
        String output = carriedThrough(saying(answer));

        assertThat(Json.read(output)).isEqualTo(Json.read(ROME));
        assertThat(rehearsal.structured).isEqualTo(ROME);
        assertThat(rehearsal.steps).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rome",
                "",
                "{\"city\":\"Rome\"",
                "{\"city\":\"Rome\"} and more",
                "Here it is: {\"city\":\"Rome\"}",
                "{\"city\":3}",
                "{\"town\":\"Rome\"}",
                "{\"city\":\"Rome\",\"people\":-1}",
                "{\"city\":\"Rome\",\"people\":1.5}",
                "[{\"city\":\"Rome\"}]",
                "null",
                "\"Rome\""
            })
    void answer_that_does_not_match_goes_back_with_what_is_wrong(String answer) throws Exception {
        var models = saying(answer.isEmpty() ? " " : answer, ROME);

        carriedThrough(models);

        assertThat(rehearsal.structured).isEqualTo(ROME);
        assertThat(models.asked).hasSize(2);
        var told = models.asked.getLast().messages();
        assertThat(told.get(told.size() - 2)).isInstanceOf(ModelMessage.Assistant.class);
        assertThat(told.getLast().text())
                .startsWith("This answer does not match the JSON Schema of the output: ")
                .endsWith("Answer again with JSON alone that matches it.");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() throws Exception {
        var models = saying("{\"town\":\"Rome\",\"people\":-1}", ROME);

        carriedThrough(models);

        assertThat(models.asked.getLast().messages().getLast().text())
                .contains("required property 'city'", "Unknown field \"town\"", "/people is -1");
    }

    @Test
    void run_fails_in_words_after_three_answers_that_do_not_match() throws Exception {
        var models = saying("{\"town\":\"Rome\"}");

        assertThat(carriedThrough(models))
                .startsWith("invalid_output: The answer does not match the output's schema after 3 attempts: ")
                .contains("town");
        assertThat(models.asked).hasSize(3);
    }

    @Test
    void answers_that_went_back_count_in_the_limits() throws Exception {
        var limits =
                new Definition.Limits(1_000, 2, 100_000_000, null, TestLoops.WIDE.time(), 1_000_000, 10, 100, 1_000);
        var models = saying("no");

        assertThat(rehearsal.carryThrough(TestLoops.loop(models.models, SCHEMA, limits)))
                .startsWith("limit_calls");
        assertThat(models.asked).hasSize(2);
    }

    @Test
    void every_call_carries_the_schema_and_tools_may_be_called_before() throws Exception {
        var models = new ScriptedModels(
                null,
                call -> call.messages().size() == 1
                        ? new ScriptedModels.Said("Let me look.", List.of(new ToolRequest("c1", "clock", "{}")), 10, 10)
                        : new ScriptedModels.Said(ROME, List.of(), 10, 10));

        carriedThrough(models);

        assertThat(rehearsal.structured).isEqualTo(ROME);
        assertThat(models.asked).hasSize(2).allMatch(call -> SCHEMA.equals(call.schema()));
    }

    @Test
    void answer_without_a_schema_stays_text() throws Exception {
        var models = saying(ROME);

        assertThat(rehearsal.carryThrough(TestLoops.loop(models.models, TestLoops.WIDE, null, StepBudget.unlimited())))
                .isEqualTo(ROME);
        assertThat(rehearsal.structured).isNull();
        assertThat(models.asked.getFirst().schema()).isNull();
    }
}
