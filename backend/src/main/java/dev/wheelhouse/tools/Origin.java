package dev.wheelhouse.tools;

import org.jspecify.annotations.Nullable;

/// Where a tool comes from, and how it stands.
///
/// @param server the tool server, null for a tool of our own
/// @param remote its name there
/// @param reason why it is not on, as a sentence without its end; null where it is
/// @param asksFirst whether its calls need approval without any rule
/// @param hash of what it says of itself now, empty for a tool of our own
/// @param approved what it said when it was approved, as JSON; null where that is what it says now
/// @param offered what it says now, as JSON; null where that is what was approved
public record Origin(
        @Nullable String server,
        String remote,
        String title,
        ToolState state,
        @Nullable String reason,
        boolean asksFirst,
        String hash,
        @Nullable String approved,
        @Nullable String offered) {

    static final Origin OWN = new Origin(null, "", "", ToolState.ON, null, false, "", null, null);
}
