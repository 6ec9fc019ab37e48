package dev.wheelhouse.approvals;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of approvals.
///
/// @param webhookUrl of the operator's webhook, which is told of every question that opens, http or https
/// @param webhookSecret with which it is signed: `whsec_` and 24 to 64 bytes in Base64
/// @param webhookRetry before the second try of a message; it doubles with each further one, 10 ms to 1 h
/// @param consoleUrl where people find the console, for the link in a message
/// @param rules by which calls of every agent need approval, beside its own; [OperatorRules] reads and refuses them
@ConfigurationProperties("approvals")
record ApprovalsConfig(
        @Nullable String webhookUrl,
        @Nullable String webhookSecret,
        @Bindable(defaultValue = "5s") Duration webhookRetry,
        @Nullable String consoleUrl,
        @Nullable List<RuleConfig> rules) {

    ApprovalsConfig {
        rules = rules == null ? List.of() : List.copyOf(rules);
    }
}
