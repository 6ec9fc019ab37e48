package dev.wheelhouse.tools;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;

/// Evaluates an expression in decimals, not floating point.
@Singleton
final class CalculatorTool implements Tool {

    @Override
    public String name() {
        return "calculator";
    }

    @Override
    public String description() {
        return "Evaluates an arithmetic expression exactly, such as 18 * 42.50 + 3 * 110 or SQRT(2) or ROUND(10/3, 2).";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["expression"], "properties": {
                  "expression": {"type": "string", "minLength": 1, "maxLength": 500,
                    "description": "Numbers, + - * / % ^, parentheses and functions such as SQRT, ROUND, MAX"}}}""";
    }

    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) {
        String expression = arguments.path("expression").asText();
        try {
            var value = new Expression(expression, Arithmetic.EXACT).evaluate();
            String text = value.isNumberValue() ? written(value.getNumberValue()) : value.getStringValue();
            return Json.mapper().createObjectNode().put("value", text);
        } catch (BaseException | ArithmeticException e) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "Cannot evaluate \"%s\": %s".formatted(expression, e.getMessage()),
                    "Use numbers, + - * / ^ ( ) and functions such as SQRT and ROUND");
        }
    }

    /// Plain digits up to a readable length, then 1.5E+80.
    private static String written(BigDecimal number) {
        if (!Arithmetic.isBounded(number)) {
            throw new ArithmeticException("the result has more than 1,000 digits");
        }
        var plain = number.stripTrailingZeros();
        return Math.abs((long) plain.precision() - plain.scale()) <= 60 ? plain.toPlainString() : plain.toString();
    }
}
