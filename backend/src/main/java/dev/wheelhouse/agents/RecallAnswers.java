package dev.wheelhouse.agents;

import dev.wheelhouse.base.Text;
import dev.wheelhouse.programs.Recall;
import dev.wheelhouse.runs.PlannedStep;
import org.jspecify.annotations.Nullable;

/// How the replay of an agent finds recorded outputs: model answers in their order; tool results for the same
/// arguments, in their order; decisions in the order of the approvals for the same tool.
final class RecallAnswers implements Recall {

    private static final String MODEL = "model";
    private static final String DECISION = "decision";
    private static final String QUESTION = "question";

    @Override
    public Key key(String kind, String name, @Nullable String input) {
        return switch (kind) {
            case MODEL -> new Key(MODEL, "", null);
            case DECISION -> new Key(DECISION, name, null);
            case QUESTION -> Recall.super.key(QUESTION, name, input);
            // A wait or a sub-run is a tool call, too.
            default -> Recall.super.key("tool", name, input);
        };
    }

    @Override
    public String wants(PlannedStep step, int before) {
        return switch (step.kind()) {
            case MODEL -> "asks the model for answer %d".formatted(before + 1);
            case DECISION, QUESTION -> "asks a person about \"%s\"".formatted(step.name());
            default -> "calls \"%s\" with %s".formatted(step.name(), Text.shorten(String.valueOf(step.input()), 300));
        };
    }
}
