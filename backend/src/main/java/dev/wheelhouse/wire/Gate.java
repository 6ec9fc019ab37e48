package dev.wheelhouse.wire;

import dev.wheelhouse.base.Problem;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Judges a request by its head, before memory is held for its body. Asked only for bodies that are larger than
/// [Wire#UNASKED].
@FunctionalInterface
public interface Gate {

    /// The head of a request.
    ///
    /// @param target path and query, as they were sent
    /// @param length of the body; -1 where it comes in chunks
    record Asked(String method, String target, long length, List<Field> fields) {

        /// The first field of this name.
        public @Nullable String field(String name) {
            for (var field : fields) {
                if (field.name().equalsIgnoreCase(name)) {
                    return field.value();
                }
            }
            return null;
        }
    }

    record Field(String name, String value) {}

    /// @param refusal what is answered in place of reading the body; null where it is read
    /// @param mostBytes that its route takes
    /// @param isKnown whether the request's credentials were found to be valid
    record Verdict(@Nullable Problem refusal, int mostBytes, boolean isKnown) {

        public static Verdict refused(Problem problem) {
            return new Verdict(problem, 0, false);
        }
    }

    /// Answers on any thread, and never fails.
    CompletionStage<Verdict> judge(Asked asked);
}
