package dev.wheelhouse.approvals;

import dev.wheelhouse.runs.Questions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which questions to list; what is null lets everything through.
///
/// @param requester who asked for the run
public record ApprovalFilter(
        Questions.@Nullable State state,
        @Nullable UUID run,
        @Nullable String agent,
        @Nullable String tool,
        @Nullable String requester) {

    public static final ApprovalFilter ALL = new ApprovalFilter(null, null, null, null, null);

    public static ApprovalFilter in(Questions.State state) {
        return new ApprovalFilter(state, null, null, null, null);
    }
}
