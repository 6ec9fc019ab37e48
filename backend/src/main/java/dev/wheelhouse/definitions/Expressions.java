package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.wheelhouse.base.Suggest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Expressions in CEL over a fixed set of names. CEL has no loops without bounds and no effects. Compiling the first
/// loads CEL, which takes about a second, so whoever may need none makes this late.
///
/// Safe for use by many threads.
public final class Expressions {

    private static final CelOptions BOUNDS = CelOptions.current()
            .maxExpressionCodePointSize(2_000)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(10_000)
            // JSON has one kind of number: 150 is more than 100.5.
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(BOUNDS).build();
    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']+)'");

    /// What a name stands for: a mapping of texts, or a mapping of anything that JSON can hold.
    public enum Names {
        TEXTS(MapType.create(SimpleType.STRING, SimpleType.STRING)),
        ANYTHING(MapType.create(SimpleType.STRING, SimpleType.DYN)),
        /// Any value, a mapping or not.
        VALUE(SimpleType.DYN);

        private final CelType type;

        Names(CelType type) {
            this.type = type;
        }
    }

    /// What is wrong with an expression: line and column of its text, counted from 1.
    public record Mistake(
            int line, int column, String message, @Nullable String hint) {}

    private final Map<String, Names> names;
    private final Map<CelType, CelCompiler> compilers = new ConcurrentHashMap<>();
    private final Cache<String, CelRuntime.Program> compiled =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /// @param names what an expression may speak of, such as `args`
    public Expressions(Map<String, Names> names) {
        this.names = Map.copyOf(names);
    }

    private CelCompiler compiler(CelType result) {
        return compilers.computeIfAbsent(result, this::made);
    }

    private CelCompiler made(CelType result) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(result);
        names.forEach((name, kind) -> builder.addVar(name, kind.type));
        return builder.build();
    }

    /// All that keeps the text from being a condition; nothing where it is one.
    public List<Mistake> conditionMistakes(String text) {
        return mistakes(compiler(SimpleType.BOOL).compile(text));
    }

    /// All that keeps the text from being an expression of any type; nothing where it is one.
    public List<Mistake> mistakes(String text) {
        return mistakes(compiler(SimpleType.DYN).compile(text));
    }

    private List<Mistake> mistakes(CelValidationResult result) {
        return result.getErrors().stream()
                .map(error -> new Mistake(
                        error.getSourceLocation().getLine(),
                        error.getSourceLocation().getColumn() + 1,
                        error.getMessage().replace(" (in container '')", ""),
                        hint(error.getMessage())))
                .toList();
    }

    private @Nullable String hint(String message) {
        var unknown = UNKNOWN.matcher(message);
        return unknown.find() ? Suggest.hint(unknown.group(1), Set.copyOf(names.keySet())) : null;
    }

    /// Whether a condition holds for these values by name. Compiled once. Throws [NoValueException] where it has no
    /// value, as where it asks for an argument that is not there, and IllegalArgumentException where it is no
    /// condition.
    public boolean holds(String condition, Map<String, ?> given) {
        return Boolean.TRUE.equals(evaluate(SimpleType.BOOL, "?" + condition, condition, given));
    }

    /// The value of an expression: null, Boolean, Long, Double, String, List or Map. Throws as [#holds(String, Map)]
    /// does.
    public @Nullable Object value(String expression, Map<String, ?> given) {
        return evaluate(SimpleType.DYN, "=" + expression, expression, given);
    }

    /// The same as JSON; throws [NoValueException] as well for a value that JSON cannot hold.
    public JsonNode json(String expression, Map<String, ?> given) {
        try {
            return Values.json(value(expression, given));
        } catch (IllegalArgumentException e) {
            throw new NoValueException("\"%s\" has no value: %s".formatted(expression, e.getMessage()), e);
        }
    }

    private @Nullable Object evaluate(CelType result, String key, String text, Map<String, ?> given) {
        var program = compiled.get(key, known -> compile(compiler(result), text));
        try {
            return program.eval(given);
        } catch (CelEvaluationException e) {
            throw new NoValueException("\"%s\" has no value: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static CelRuntime.Program compile(CelCompiler compiler, String text) {
        try {
            return RUNTIME.createProgram(compiler.compile(text).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("\"%s\" is not valid CEL: %s".formatted(text, e.getMessage()), e);
        }
    }

    /// The expression is right and has no value for what it was given.
    public static final class NoValueException extends RuntimeException {
        private NoValueException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
