package dev.wheelhouse.approvals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operator's rules, which hold for the calls of every agent beside its own. They are settings: they change with a
/// restart only. Nothing of CEL is loaded where there are none.
@Singleton
public final class OperatorRules {

    /// Where the operator has none.
    public static final OperatorRules NONE = new OperatorRules(List.of());

    private static final String KEY = "approvals.rules";
    private static final int MOST = 50;
    private static final int LONGEST_MESSAGE = 500;
    private static final Duration LATEST = Duration.ofDays(30);

    private record Rule(OperatorRule rule, List<String> tenants) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    /// Refuses with all that is wrong with the settings.
    @Inject
    OperatorRules(ApprovalsConfig config, Environment settings) {
        this(config.rules(), settings);
    }

    OperatorRules(List<RuleConfig> written) {
        this(written, null);
    }

    private OperatorRules(List<RuleConfig> written, @Nullable Environment settings) {
        if (settings != null && settings.containsProperties(KEY)) {
            checkForm(settings.getProperty(KEY, Object.class).orElse(null), settings.containsProperty(KEY));
        }
        for (int at = 0; at < written.size(); at++) {
            rules.add(read("%s[%d]".formatted(KEY, at), written.get(at)));
        }
        if (written.size() > MOST) {
            mistakes.add(Mistake.at(KEY, "There are %d rules".formatted(written.size()), "Use at most " + MOST));
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "The operator's approval rules have mistakes", "Correct them", mistakes);
        }
    }

    /// Those that hold for a tenant's calls.
    public List<OperatorRule> of(TenantId tenant) {
        return rules.stream()
                .filter(rule -> rule.tenants().isEmpty() || rule.tenants().contains(tenant.name()))
                .map(Rule::rule)
                .toList();
    }

    /// The framework silently drops list entries that are not rules; a dropped rule would let calls through.
    private void checkForm(@Nullable Object written, boolean isValue) {
        if (written instanceof List<?> list) {
            for (int at = 0; at < list.size(); at++) {
                if (!(list.get(at) instanceof Map)) {
                    mistakes.add(Mistake.at(
                            "%s[%d]".formatted(KEY, at), "This is not a rule", "Write - when: and a condition"));
                }
            }
        } else if (written != null || !isValue) {
            mistakes.add(Mistake.at(KEY, "This is not a list of rules", "Write - when: and a condition for each rule"));
        }
    }

    private Rule read(String path, RuleConfig written) {
        checkCondition(path + ".when", written.when());
        if (written.message().length() > LONGEST_MESSAGE) {
            mistakes.add(Mistake.at(
                    path + ".message",
                    "It has %,d characters".formatted(written.message().length()),
                    "Use at most " + LONGEST_MESSAGE));
        }
        var rule = new OperatorRule(
                written.when(),
                written.message(),
                expires(path + ".expires", written.expires()),
                choice(path + ".otherwise", written.otherwise(), List.of("reject", "approve")),
                choice(path + ".not-requester", written.notRequester(), List.of("true", "false"))
                        .equals("true"));
        for (int at = 0; at < written.tenants().size(); at++) {
            checkTenant("%s.tenants[%d]".formatted(path, at), written.tenants().get(at));
        }
        return new Rule(rule, written.tenants());
    }

    private void checkCondition(String path, String when) {
        if (when.isBlank()) {
            mistakes.add(Mistake.at(
                    path, "The rule has no condition", "Write when: and a condition in CEL, `true` for all"));
            return;
        }
        for (var mistake : Condition.mistakes(when)) {
            mistakes.add(Mistake.at(
                    path,
                    "At line %d, character %d of \"%s\": %s"
                            .formatted(mistake.line(), mistake.column(), Text.shorten(when, 80), mistake.message()),
                    mistake.hint() == null ? "Write a condition in CEL over tool, args and run" : mistake.hint()));
        }
    }

    private Duration expires(String path, String text) {
        var time = ConversionService.SHARED.convert(text, Duration.class).orElse(Duration.ZERO);
        if (time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LATEST) <= 0) {
            return time;
        }
        mistakes.add(Mistake.at(
                path,
                "\"%s\" is not a time from 1 s to 30 days".formatted(Text.shorten(text, 40)),
                "Write it as 90s, 10m, 24h or 7d"));
        return LATEST;
    }

    private String choice(String path, String word, List<String> known) {
        if (!known.contains(word)) {
            mistakes.add(Mistake.at(path, "It is \"%s\"".formatted(Text.shorten(word, 40)), Suggest.hint(word, known)));
        }
        return word;
    }

    private void checkTenant(String path, String name) {
        try {
            new TenantId(name);
        } catch (Problem e) {
            mistakes.add(Mistake.at(path, e.message(), e.hint()));
        }
    }
}
