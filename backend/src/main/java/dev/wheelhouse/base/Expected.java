package dev.wheelhouse.base;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// From which version of a thing a change was made, so that nobody overwrites what somebody else has changed since.
///
/// @param versions the change was made from one of them; `*` is any. None means that there must be nothing yet, and
/// null that it does not matter
public record Expected(@Nullable Set<String> versions) {

    public static final Expected ANYTHING = new Expected(null);
    public static final Expected NOTHING = new Expected(Set.of());

    /// Whether a change may be made to what has this version now, null where there is nothing.
    public boolean fits(@Nullable String current) {
        if (versions == null) {
            return true;
        }
        return current == null ? versions.isEmpty() : versions.contains("*") || versions.contains(current);
    }

    /// Refuses a change of `what`, such as `Agent "helper"`, unless it was made from what is there now.
    public void check(String what, @Nullable String current) {
        if (!fits(current)) {
            throw refusal(what, current);
        }
    }

    /// Why a change does not fit.
    public Problem refusal(String what, @Nullable String current) {
        if (current == null) {
            return new Problem(
                    ErrorCode.PRECONDITION_FAILED,
                    "%s is not there any more".formatted(what),
                    "Send it without a version to create it again");
        }
        boolean isNew = versions != null && versions.isEmpty();
        return new Problem(
                ErrorCode.PRECONDITION_FAILED,
                isNew
                        ? "%s is there already".formatted(what)
                        : "%s was changed by somebody else since you read it".formatted(what),
                "Read it again, compare it with your change, then send the change with the version \"%s\""
                        .formatted(current));
    }
}
