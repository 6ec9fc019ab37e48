package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Expressions.Mistake;
import dev.wheelhouse.definitions.Expressions.Names;
import dev.wheelhouse.definitions.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A condition in CEL over `tool` (name, effect), `args` and `run` (agent, user, requester, labels, spent). Nothing of
/// CEL is loaded before the first condition is.
public final class Condition {

    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

    /// Made with the first condition.
    private static final class Rules {
        static final Expressions OVER =
                new Expressions(Map.of("tool", Names.TEXTS, "args", Names.ANYTHING, "run", Names.ANYTHING));
    }

    private final String text;

    private Condition(String text) {
        this.text = text;
    }

    /// All that is wrong with the text; nothing where it is a condition.
    public static List<Mistake> mistakes(String text) {
        return Rules.OVER.conditionMistakes(text);
    }

    /// The condition of this text, compiled once.
    public static Condition of(String text) {
        return new Condition(text);
    }

    /// Whether it holds. One that cannot be evaluated, as where it asks for an argument that is not there, holds:
    /// asking a person once too often does no harm. Throws IllegalArgumentException where the text is no condition.
    public boolean holds(Map<String, String> tool, JsonNode args, Map<String, Object> run) {
        Object values = args.isObject() ? Objects.requireNonNull(Values.of(args)) : Map.of();
        try {
            return Rules.OVER.holds(text, Map.of("tool", tool, "args", values, "run", run));
        } catch (Expressions.NoValueException e) {
            LOG.info("{}. So a person is asked.", e.getMessage());
            return true;
        }
    }
}
