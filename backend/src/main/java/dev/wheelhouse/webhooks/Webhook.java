package dev.wheelhouse.webhooks;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A subscription.
///
/// @param events types of events, or groups of them such as `run.*`
/// @param when a condition in CEL over `event`, null for always
public record Webhook(
        String name,
        String description,
        boolean enabled,
        String url,
        Set<String> events,
        @Nullable String when) {

    /// What can be subscribed to.
    static final Set<String> KNOWN = Set.of(
            "run.created",
            "run.waiting",
            "run.succeeded",
            "run.failed",
            "run.cancelled",
            "approval.opened",
            "approval.decided",
            "budget.reached",
            "run.*",
            "approval.*",
            "budget.*",
            "*");

    /// What is sent to try a webhook.
    static final String TEST = "webhook.test";

    boolean wants(String type) {
        return events.contains("*") || events.contains(type) || events.contains(type.replaceFirst("\\..*", ".*"));
    }
}
