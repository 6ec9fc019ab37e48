package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Suggest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A condition in CEL over `tool` (name, effect), `args` and `run` (agent, user, requester, labels, spent). CEL has no
/// loops without bounds and no effects. Nothing of it is loaded before the first condition is.
public final class Condition {

    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);
    private static final int MOST_ITERATIONS = 10_000;
    private static final CelOptions BOUNDS = CelOptions.current()
            .maxExpressionCodePointSize(2_000)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();
    private static final MapType ANYTHING = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final Map<String, MapType> NAMES = Map.of(
            "tool", MapType.create(SimpleType.STRING, SimpleType.STRING),
            "args", ANYTHING,
            "run", ANYTHING);
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(BOUNDS).build();
    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']+)'");
    private static final Cache<String, Condition> KNOWN =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /// What is wrong with a condition: line and column of its text, counted from 1.
    public record Mistake(
            int line, int column, String message, @Nullable String hint) {}

    private final String text;
    private final CelRuntime.Program program;

    private Condition(String text) {
        this.text = text;
        try {
            program = RUNTIME.createProgram(COMPILER.compile(text).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("\"%s\" is no condition: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static CelCompiler compiler() {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        NAMES.forEach(builder::addVar);
        return builder.build();
    }

    /// All that is wrong with the text; nothing where it is a condition.
    public static List<Mistake> mistakes(String text) {
        return COMPILER.compile(text).getErrors().stream()
                .map(error -> new Mistake(
                        error.getSourceLocation().getLine(),
                        error.getSourceLocation().getColumn() + 1,
                        error.getMessage().replace(" (in container '')", ""),
                        hint(error.getMessage())))
                .toList();
    }

    private static @Nullable String hint(String message) {
        var unknown = UNKNOWN.matcher(message);
        return unknown.find() ? Suggest.hint(unknown.group(1), Set.copyOf(NAMES.keySet())) : null;
    }

    /// The condition of this text, compiled once. Throws IllegalArgumentException where it is none.
    public static Condition of(String text) {
        return KNOWN.get(text, Condition::new);
    }

    /// Whether it holds. One that cannot be evaluated, as where it asks for an argument that is not there, holds:
    /// asking a person once too often does no harm.
    public boolean holds(Map<String, String> tool, JsonNode args, Map<String, Object> run) {
        try {
            Object values = Json.mapper().convertValue(args.isObject() ? args : Json.read("{}"), Map.class);
            return Boolean.TRUE.equals(program.eval(Map.of("tool", tool, "args", values, "run", run)));
        } catch (CelEvaluationException e) {
            LOG.info("The condition {} could not be evaluated, so a person is asked: {}", text, e.getMessage());
            return true;
        }
    }
}
