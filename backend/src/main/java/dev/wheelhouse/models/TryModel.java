package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.Model.Question;
import dev.wheelhouse.models.Model.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks a model three small questions, so that an operator sees what its server can do before an agent needs it.
final class TryModel {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_TOKENS = 512;
    private static final ToolDescription ADD = new ToolDescription("add", "Adds two whole numbers", Json.read("""
                    {"type":"object","properties":{"left":{"type":"integer"},"right":{"type":"integer"}},
                     "required":["left","right"],"additionalProperties":false}"""));
    private static final JsonNode SUM = Json.read("""
            {"type":"object","properties":{"sum":{"type":"integer"}},
             "required":["sum"],"additionalProperties":false}""");

    private final Models models;
    private final TenantId tenant;
    private final String alias;

    TryModel(Models models, TenantId tenant, String alias) {
        this.models = models;
        this.tenant = tenant;
        this.alias = alias;
    }

    List<Trial> all() throws InterruptedException {
        var trials = new ArrayList<Trial>();
        for (var question : Question.values()) {
            trials.add(trial(question));
        }
        return trials;
    }

    private Trial trial(Question question) throws InterruptedException {
        long start = System.nanoTime();
        try {
            var reply = models.call(call(question), _ -> {});
            String wrong = wrong(question, reply);
            return new Trial(
                    question,
                    since(start),
                    reply,
                    wrong == null ? null : "bad_answer",
                    wrong,
                    wrong == null ? null : hint(question));
        } catch (ModelException e) {
            return new Trial(question, since(start), null, e.code(), e.sentence(), e.hint());
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private ModelCall call(Question question) {
        return new ModelCall(
                tenant,
                alias,
                "Do exactly what you are asked, in as few words as possible.",
                List.of(new ModelMessage.User(
                        switch (question) {
                            case TEXT -> "Answer with the one word yes.";
                            case TOOL -> "Use add to add 17 and 25.";
                            case SCHEMA -> "What is the sum of 17 and 25? Answer as JSON.";
                        })),
                question == Question.TOOL ? List.of(ADD) : List.of(),
                question == Question.SCHEMA ? SUM : null,
                null,
                MOST_TOKENS,
                LONGEST);
    }

    private static @Nullable String wrong(Question question, ModelReply reply) {
        String said = Text.shorten(reply.text().strip(), 100);
        return switch (question) {
            case TEXT -> reply.text().isBlank() ? "It said nothing" : null;
            case TOOL ->
                reply.toolCalls().stream().anyMatch(TryModel::adds)
                        ? null
                        : "It did not call the tool with two numbers, but said \"%s\"".formatted(said);
            case SCHEMA -> isSum(reply.text()) ? null : "What it said is no JSON of that form: \"%s\"".formatted(said);
        };
    }

    private static @Nullable String hint(Question question) {
        return switch (question) {
            case TEXT -> null;
            case TOOL -> "Use it for agents without tools, and set abilities of its target";
            case SCHEMA -> "Leave json-schema out of abilities of its target, so that it is asked in words";
        };
    }

    private static boolean adds(ToolRequest request) {
        JsonNode arguments = json(request.arguments());
        return request.tool().equals(ADD.name())
                && arguments.path("left").isInt()
                && arguments.path("right").isInt();
    }

    private static boolean isSum(String text) {
        JsonNode answer = json(text.strip());
        return answer.size() == 1 && answer.path("sum").isInt();
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (Problem notJson) {
            return Json.mapper().getNodeFactory().missingNode();
        }
    }
}
