package dev.wheelhouse.budgets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.TenantColumn;
import dev.wheelhouse.database.WordColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How much of `unit` the `subject` of a scope may spend in a period. `subject` is a name or id, or [#EACH].
@MappedEntity("budgets")
public record Budget(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        @Id UUID id,
        @MappedProperty(converter = WordColumn.class) Scope scope,
        String subject,
        @MappedProperty(converter = WordColumn.class) Unit unit,
        @MappedProperty(converter = WordColumn.class) Period period,
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

    /// When what was spent is reset: each calendar month or day in UTC, or never.
    public enum Period {
        MONTH,
        DAY,
        TOTAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String adjective() {
            return switch (this) {
                case MONTH -> "Monthly";
                case DAY -> "Daily";
                case TOTAL -> "Total";
            };
        }
    }

    /// Another one after each change of what people set.
    public String version() {
        return Integer.toHexString((cap + " " + note).hashCode()) + "-" + cap;
    }

    boolean isForEach() {
        return subject.equals(EACH);
    }

    /// As people speak of it: `Monthly call budget of user "mia"`.
    String title(String whose) {
        String of = scope == Scope.TENANT ? "" : " of %s \"%s\"".formatted(scope.word(), whose);
        return "%s %s%s".formatted(period.adjective(), unit.budget(), of);
    }
}
