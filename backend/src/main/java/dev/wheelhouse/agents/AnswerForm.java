package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Next;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a run's answer has to look like: any text, or JSON that matches a schema. No model server is trusted to keep to
/// a schema, so every answer is held against it here.
///
/// @param schema null for any text
record AnswerForm(@Nullable JsonNode schema) {

    static final AnswerForm TEXT = new AnswerForm(null);

    /// The code of a run whose answers did not match.
    static final String INVALID = "invalid_output";

    /// So many answers that do not match are sent back in one run.
    static final int MOST_SENT_BACK = 2;

    private static final int DEEPEST = 32;
    private static final int LONGEST_REASON = 2_000;

    // Models like to wrap JSON as they would for people.
    private static final Pattern FENCED = Pattern.compile("```[a-zA-Z]*\\s*\\n(.*?)\\n?\\s*```", Pattern.DOTALL);

    /// An answer held against the form.
    ///
    /// @param text as the run's output has it
    /// @param structured the same as a JSON value, JSON text; null where the form is text, and where it does
    ///     not match
    /// @param wrong everything that keeps it from matching, null if it does
    record Read(
            String text,
            @Nullable String structured,
            @Nullable String wrong) {

        /// What the model is told where its answer does not match, null where it does.
        ModelMessage.@Nullable User correction() {
            return wrong == null
                    ? null
                    : new ModelMessage.User(
                            "This answer does not match the JSON Schema of the output: %s. Answer again with JSON alone that matches it."
                                    .formatted(wrong));
        }
    }

    /// The form of a run: its own where its options name one, else its agent's.
    static AnswerForm of(Definition definition, @Nullable String options) {
        JsonNode own =
                options == null ? null : Json.read(options).path("output").get("schema");
        JsonNode schema = own == null ? definition.outputSchema() : own;
        return schema == null ? TEXT : new AnswerForm(schema);
    }

    /// What keeps the form in a run's options from being used, by JSON pointers into the options.
    static List<Problem.Mistake> mistakes(@Nullable String options) {
        JsonNode output = options == null ? null : Json.read(options).get("output");
        if (output == null) {
            return List.of();
        }
        JsonNode schema = output.get("schema");
        return schema == null
                ? List.of(Problem.Mistake.at("/output", "\"output\" needs a \"schema\"", "Send a JSON Schema"))
                : Schema.mistakes(schema).stream()
                        .map(mistake -> Problem.Mistake.at(
                                "/output/schema" + mistake.path(), mistake.message(), mistake.hint()))
                        .toList();
    }

    Read read(String answer) {
        if (schema == null) {
            return new Read(answer, null, null);
        }
        String text = unwrapped(answer);
        try {
            JsonNode value = Json.read(text);
            if (Json.depth(value) > DEEPEST) {
                return wrong(answer, "it has %d levels, at most %d are kept".formatted(Json.depth(value), DEEPEST));
            }
            var wrong = Schema.of(schema).wrong(value);
            return wrong.isEmpty() ? new Read(text, value.toString(), null) : wrong(answer, String.join("; ", wrong));
        } catch (Problem notJson) {
            return wrong(answer, text.isEmpty() ? "it is empty" : "it is not JSON");
        }
    }

    private static Read wrong(String answer, String why) {
        return new Read(answer, null, Text.shorten(why, LONGEST_REASON));
    }

    private static String unwrapped(String answer) {
        String text = answer.strip();
        var fenced = FENCED.matcher(text);
        return fenced.matches() ? fenced.group(1).strip() : text;
    }

    /// The end of a run whose answer this is; null where the model is asked again.
    ///
    /// @param sentBack how many of the run's answers did not match, this one included
    /// @param isCut whether the model reached its token limit before it was done
    static @Nullable Next end(Read answer, long sentBack, boolean isCut) {
        if (answer.wrong() == null) {
            return new Next.Succeed(answer.text(), answer.structured(), isCut);
        }
        return sentBack <= MOST_SENT_BACK
                ? null
                : new Next.Fail(
                        new Failure(
                                INVALID,
                                "The answer does not match the output's schema after %d attempts: %s"
                                        .formatted(sentBack, Text.shorten(answer.wrong(), 300)),
                                "Simplify the schema, use a model that keeps to JSON Schema, or raise maxOutputTokens if the answer is cut off"));
    }
}
