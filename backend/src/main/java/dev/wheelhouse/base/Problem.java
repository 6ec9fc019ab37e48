package dev.wheelhouse.base;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one exception for users: what was tried, with which value, and why it failed; the hint says what to do.
public final class Problem extends RuntimeException {

    /// One mistake among several. `path` is a JSON pointer; `line` and `column` count from 1, 0 where unknown.
    public record Mistake(
            String path,
            int line,
            int column,
            String message,
            @Nullable String hint) {
        public static Mistake at(String path, String message, @Nullable String hint) {
            return new Mistake(path, 0, 0, message, hint);
        }

        /// For logs: what is wrong, then what to do where that is known.
        public String sentences() {
            return Problem.sentences(message, hint);
        }
    }

    private final ErrorCode code;
    private final @Nullable String hint;
    private final List<Mistake> mistakes;
    private final @Nullable Duration retryAfter;

    private Problem(
            ErrorCode code,
            String message,
            @Nullable String hint,
            List<Mistake> mistakes,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.mistakes = List.copyOf(mistakes);
        this.retryAfter = retryAfter;
    }

    public Problem(ErrorCode code, String message, @Nullable String hint, List<Mistake> mistakes) {
        this(code, message, hint, mistakes, null);
    }

    /// A refusal with all mistakes (one at least): it tells the first and its remedy, and how many there are.
    public static Problem of(ErrorCode code, List<Mistake> mistakes) {
        var first = mistakes.getFirst();
        String message = mistakes.size() == 1
                ? first.message()
                : "There are %d mistakes. The first: %s".formatted(mistakes.size(), first.message());
        return new Problem(code, message, first.hint(), mistakes);
    }

    public Problem(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, List.of());
    }

    public Problem(ErrorCode code, String message) {
        this(code, message, null, List.of());
    }

    /// The same, for a problem that is expected to be over after this time.
    public Problem retryAfter(Duration time) {
        return new Problem(code, message(), hint, mistakes, time);
    }

    /// When it makes sense to retry, if known.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// For logs: what is wrong, then what to do where that is known.
    public String sentences() {
        return sentences(message(), hint);
    }

    private static String sentences(String message, @Nullable String hint) {
        return hint == null ? ended(message) : ended(message) + " " + ended(hint);
    }

    /// A question, such as "Did you mean …?", has its mark already.
    private static String ended(String sentence) {
        return sentence.endsWith("?") ? sentence : sentence + ".";
    }

    public ErrorCode code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public @Nullable String hint() {
        return hint;
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
