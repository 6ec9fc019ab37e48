package dev.wheelhouse.base;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one exception for users: what was tried, with which value, why not; the hint says what to do.
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
    }

    private final ErrorCode code;
    private final @Nullable String hint;
    private final List<Mistake> mistakes;

    public Problem(ErrorCode code, String message, @Nullable String hint, List<Mistake> mistakes) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.mistakes = List.copyOf(mistakes);
    }

    public Problem(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, List.of());
    }

    public Problem(ErrorCode code, String message) {
        this(code, message, null, List.of());
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
