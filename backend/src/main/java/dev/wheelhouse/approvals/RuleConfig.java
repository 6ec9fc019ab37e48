package dev.wheelhouse.approvals;

import java.util.List;

/// One rule of the operator's as the settings have it, every word still a text: what cannot be read has to be refused,
/// and never left out.
///
/// @param when a condition in CEL; required
/// @param message what the person is told, up to 500 characters
/// @param expires 1s to 30d, 24h where it is not given
/// @param otherwise `reject`, which is usual, or `approve`
/// @param notRequester `true`, or `false`, which is usual
/// @param tenants whose runs it is about; none for all
record RuleConfig(
        String when, String message, String expires, String otherwise, String notRequester, List<String> tenants) {

    static RuleConfig of(String when) {
        return new RuleConfig(when, "", "24h", "reject", "false", List.of());
    }
}
