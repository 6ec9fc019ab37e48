package dev.wheelhouse.tools;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.OperatorDictionaryIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.FunctionParameterDefinition;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calculator's arithmetic: decimals of 34 digits, mathematical functions only, and no number so large that
/// computing with it would cost too much. The expression comes from a model, so each operand is checked.
final class Arithmetic {

    static final ExpressionConfiguration EXACT = exact();

    private static final Set<String> FUNCTIONS = Set.of(
            "ABS", "ACOS", "ASIN", "ATAN", "AVERAGE", "CEILING", "COS", "DEG", "FACT", "FLOOR", "IF", "LOG", "LOG10",
            "MAX", "MIN", "RAD", "ROUND", "SIN", "SQRT", "SUM", "TAN");
    private static final int MOST_DIGITS = 1_000;
    private static final BigDecimal LARGEST_FACTORIAL = BigDecimal.valueOf(450);

    private Arithmetic() {}

    private static ExpressionConfiguration exact() {
        var usual = ExpressionConfiguration.defaultConfiguration();
        return ExpressionConfiguration.builder()
                .mathContext(new MathContext(34, RoundingMode.HALF_EVEN))
                .locale(Locale.ENGLISH)
                .arraysAllowed(false)
                .structuresAllowed(false)
                .functionDictionary(new Functions(usual.getFunctionDictionary()))
                .operatorDictionary(new Operators(usual.getOperatorDictionary()))
                .build();
    }

    /// Whether the number has few enough digits, before or after the decimal point, to be written out.
    static boolean isBounded(BigDecimal number) {
        return number.signum() == 0 || Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS;
    }

    private static void measure(Token token, EvaluationValue... operands) throws EvaluationException {
        for (var operand : operands) {
            if (operand.isNumberValue() && !isBounded(operand.getNumberValue())) {
                throw new EvaluationException(token, "A number has more than 1,000 digits");
            }
        }
    }

    private record Functions(FunctionDictionaryIfc usual) implements FunctionDictionaryIfc {
        @Override
        public void addFunction(String name, FunctionIfc function) {
            throw new UnsupportedOperationException("The functions are fixed");
        }

        @Override
        public @Nullable FunctionIfc getFunction(String name) {
            String upper = name.toUpperCase(Locale.ROOT);
            var function = FUNCTIONS.contains(upper) ? usual.getFunction(upper) : null;
            return function == null ? null : new Measured(function, upper.equals("FACT"));
        }
    }

    private record Measured(FunctionIfc function, boolean isFactorial) implements FunctionIfc {
        @Override
        public List<FunctionParameterDefinition> getFunctionParameterDefinitions() {
            return function.getFunctionParameterDefinitions();
        }

        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... operands)
                throws EvaluationException {
            measure(token, operands);
            if (isFactorial && operands[0].getNumberValue().compareTo(LARGEST_FACTORIAL) > 0) {
                throw new EvaluationException(token, "FACT takes numbers up to 450");
            }
            return function.evaluate(expression, token, operands);
        }

        @Override
        public void validatePreEvaluation(Token token, EvaluationValue... operands) throws EvaluationException {
            measure(token, operands);
            function.validatePreEvaluation(token, operands);
        }

        @Override
        public boolean hasVarArgs() {
            return function.hasVarArgs();
        }

        @Override
        public boolean isParameterLazy(int parameter) {
            return function.isParameterLazy(parameter);
        }
    }

    private record Operators(OperatorDictionaryIfc usual) implements OperatorDictionaryIfc {
        @Override
        public void addOperator(String name, OperatorIfc operator) {
            throw new UnsupportedOperationException("The operators are fixed");
        }

        @Override
        public @Nullable OperatorIfc getPrefixOperator(String name) {
            return measured(usual.getPrefixOperator(name));
        }

        @Override
        public @Nullable OperatorIfc getPostfixOperator(String name) {
            return measured(usual.getPostfixOperator(name));
        }

        @Override
        public @Nullable OperatorIfc getInfixOperator(String name) {
            return measured(usual.getInfixOperator(name));
        }

        private static @Nullable OperatorIfc measured(@Nullable OperatorIfc operator) {
            return operator == null ? null : new MeasuredOperator(operator);
        }
    }

    private record MeasuredOperator(OperatorIfc operator) implements OperatorIfc {
        @Override
        public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... operands)
                throws EvaluationException {
            measure(token, operands);
            return operator.evaluate(expression, token, operands);
        }

        @Override
        public int getPrecedence() {
            return operator.getPrecedence();
        }

        @Override
        public int getPrecedence(ExpressionConfiguration configuration) {
            return operator.getPrecedence(configuration);
        }

        @Override
        public boolean isLeftAssociative() {
            return operator.isLeftAssociative();
        }

        @Override
        public boolean isPrefix() {
            return operator.isPrefix();
        }

        @Override
        public boolean isPostfix() {
            return operator.isPostfix();
        }

        @Override
        public boolean isInfix() {
            return operator.isInfix();
        }

        @Override
        public boolean isOperandLazy() {
            return operator.isOperandLazy();
        }
    }
}
