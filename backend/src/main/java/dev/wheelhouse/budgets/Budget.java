package dev.wheelhouse.budgets;

import dev.wheelhouse.base.TenantId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How much of `unit` the `subject` of a scope may spend in a period. `subject` is a name or id, or [#EACH].
public record Budget(
        TenantId tenant,
        UUID id,
        Scope scope,
        String subject,
        Unit unit,
        Period period,
        long cap,
        String note,
        @Nullable String createdBy) {

    /// The subject of a budget that each of its scope has for itself.
    public static final String EACH = "*";

    /// Whose spending is counted.
    public enum Scope {
        TENANT,
        USER,
        KEY,
        AGENT,
        THREAD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How long until the counting begins anew: a calendar month or day in UTC, or never.
    public enum Period {
        MONTH,
        DAY,
        TOTAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isForEach() {
        return subject.equals(EACH);
    }

    /// As people speak of it: `calls per month of user "mia"`.
    String said(String whose) {
        String of = scope == Scope.TENANT ? "this tenant" : "%s \"%s\"".formatted(scope.word(), whose);
        String per = period == Period.TOTAL ? "in all" : "per " + period.word();
        return "%s %s of %s".formatted(unit.word(), per, of);
    }
}
