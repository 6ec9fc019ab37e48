package dev.wheelhouse.approvals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/// Where a page of a list ended that is sorted by when questions expire.
///
/// @param at a time, or what Postgres calls the end of all times for those that never do
record Expiry(String at, UUID approval) {

    private static final String NEVER = "infinity";

    static final Expiry FIRST = new Expiry("-infinity", new UUID(0, 0));

    static Expiry of(Approval approval) {
        return new Expiry(
                approval.expiresAt() == null ? NEVER : approval.expiresAt().toString(), approval.id());
    }

    String cursor() {
        return at + "_" + approval;
    }

    static Expiry of(String cursor) {
        int end = cursor.lastIndexOf('_');
        try {
            if (end > 0) {
                String at = cursor.substring(0, end);
                return new Expiry(
                        at.equals(NEVER) ? at : Instant.parse(at).toString(), Page.cursor(cursor.substring(end + 1)));
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST,
                "\"%s\" is not a valid cursor of a list sorted by expiry".formatted(Text.shorten(cursor, 60)),
                "Pass nextCursor of the previous page unchanged, with the same sort");
    }
}
