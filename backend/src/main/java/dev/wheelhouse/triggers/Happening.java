package dev.wheelhouse.triggers;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that happens here, such as the end of a run that nobody called.
///
/// @param types of events, such as `run.succeeded`
/// @param agent only runs of this agent, null for any
/// @param workflow only runs of this workflow, null for any
public record Happening(
        Set<String> types, @Nullable String agent, @Nullable String workflow) implements Source {

    /// So many triggers may follow from each other: one that starts what makes it fire comes to an end.
    public static final int DEEPEST = 5;

    static final Set<String> KNOWN = Set.of(
            "run.created",
            "run.waiting",
            "run.succeeded",
            "run.failed",
            "run.cancelled",
            "approval.opened",
            "approval.decided");

    boolean isAbout(String type, String kind, String name) {
        return types.contains(type)
                && (agent == null && workflow == null
                        || kind.equals("agent") && name.equals(agent)
                        || kind.equals("workflow") && name.equals(workflow));
    }
}
