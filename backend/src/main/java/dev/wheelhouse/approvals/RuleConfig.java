package dev.wheelhouse.approvals;

import java.util.List;

/// One of the operator's rules as the settings have it, every value still text: what cannot be read is refused, never
/// dropped.
///
/// @param when a condition in CEL; required
/// @param message what the person is told, up to 500 characters
/// @param expires 1s to 30d, 24h by default
/// @param otherwise `reject` (the default) or `approve`
/// @param notRequester `true` or `false` (the default)
/// @param tenants whose runs it covers; none for all
record RuleConfig(
        String when, String message, String expires, String otherwise, String notRequester, List<String> tenants) {

    static RuleConfig of(String when) {
        return new RuleConfig(when, "", "24h", "reject", "false", List.of());
    }
}
