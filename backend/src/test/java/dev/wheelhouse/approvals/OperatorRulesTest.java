package dev.wheelhouse.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.testing.TestSettings;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The operator's rules as the settings file has them.
class OperatorRulesTest {

    private static final TenantId OTHER = new TenantId("other");

    /// The settings of this package, without what asks and decides, and without a database.
    private static ApplicationContext context(String yaml) throws Exception {
        return TestSettings.context(yaml, name -> name.contains("Rule") || name.contains("ApprovalsConfig"))
                .start();
    }

    @Test
    void rules_are_read_with_what_is_usual_where_nothing_is_said() throws Exception {
        try (var context = context("""
                approvals:
                  rules:
                    - when: tool.effect == "unkeyed"
                      message: This cannot be repeated safely
                      expires: 10m
                      otherwise: approve
                      not-requester: true
                      tenants: [other]
                    - when: has(args.path)
                """)) {
            var rules = context.getBean(OperatorRules.class);

            var strict = new OperatorRule(
                    "tool.effect == \"unkeyed\"",
                    "This cannot be repeated safely",
                    Duration.ofMinutes(10),
                    "approve",
                    true);
            var usual = new OperatorRule("has(args.path)", "", Duration.ofHours(24), "reject", false);
            assertThat(rules.of(OTHER)).containsExactly(strict, usual);
            assertThat(rules.of(TenantId.DEFAULT)).containsExactly(usual);
        }
    }

    @Test
    void without_settings_there_are_none() throws Exception {
        try (var context = context("approvals:\n  console-url: https://example.org\n")) {
            assertThat(context.getBean(OperatorRules.class).of(OTHER)).isEmpty();
        }
    }

    /// A rule that is left out in silence would let calls through.
    @Test
    void what_is_no_rule_is_refused_and_never_left_out() throws Exception {
        for (var wrong : List.of(
                "tool.name == 'x'",
                "[\"tool.name == 'x'\"]",
                "{when: tool.name == 'x'}",
                "[{when: 'true'}, 7]",
                "[{message: x}]",
                "[[{when: 'true'}]]",
                "[null]",
                "true")) {
            try (var context = context("approvals:\n  rules: " + wrong + "\n")) {
                assertThatThrownBy(() -> context.getBean(OperatorRules.class))
                        .as(wrong)
                        .hasRootCauseMessage("The operator's approval rules have mistakes");
            }
        }
    }

    @Test
    void all_mistakes_are_told_at_once_each_with_its_key_and_a_remedy() {
        var refusal = catchThrowableOfType(
                Problem.class,
                () -> TestApprovals.rules(
                        new RuleConfig("tol.name == 'x'", "", "31d", "rejct", "maybe", List.of()),
                        new RuleConfig(" ", "m".repeat(501), "soon", "reject", "true", List.of("ok", "Not ok"))));

        assertThat(refusal.mistakes())
                .extracting(mistake -> mistake.path() + ": " + mistake.hint())
                .containsExactly(
                        "approvals.rules[0].when: Did you mean \"tool\"?",
                        "approvals.rules[0].expires: Write it as 90s, 10m, 24h or 7d",
                        "approvals.rules[0].otherwise: Did you mean \"reject\"?",
                        "approvals.rules[0].not-requester: Known: false, true",
                        "approvals.rules[1].when: Write when: and a condition in CEL, `true` for all",
                        "approvals.rules[1].message: Use at most 500",
                        "approvals.rules[1].expires: Write it as 90s, 10m, 24h or 7d",
                        "approvals.rules[1].tenants[1]: Use 1 to 31 characters from a-z, 0-9 and -, starting with a letter");
    }
}
