package dev.wheelhouse.triggers;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import io.micronaut.data.model.Limit;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Triggers and their firings as people see them, each call in a transaction of one tenant.
@Singleton
final class TriggerStore {

    static final int MOST = 1_000;

    private final Database database;
    private final TriggerRepository triggers;

    TriggerStore(Database database, TriggerRepository triggers) {
        this.database = database;
        this.triggers = triggers;
    }

    List<TriggerRepository.Row> list(TenantId tenant) {
        return database.as(tenant, triggers::list);
    }

    Optional<TriggerRepository.Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> triggers.find(name));
    }

    /// The database's time.
    Instant now(TenantId tenant) {
        return database.as(tenant, triggers::now);
    }

    /// What is to be stored.
    ///
    /// @param loaded a hash of the file that it comes from, null where a person sent it
    /// @param due of a schedule that is enabled
    record Change(
            Trigger trigger,
            String text,
            @Nullable String loaded,
            @Nullable Instant due) {}

    /// Stores it where the version that is there is `before`; false where somebody was faster.
    boolean put(TenantId tenant, Change change, @Nullable Integer before) {
        String name = change.trigger().name();
        String source = change.trigger().source().kind().word();
        boolean enabled = change.trigger().enabled();
        return database.as(
                tenant,
                () -> before == null
                        ? triggers.add(name, source, enabled, change.text(), change.loaded(), change.due()) == 1
                        : triggers.change(name, before, source, enabled, change.text(), change.loaded(), change.due())
                                == 1);
    }

    /// Refuses where another version is there than is expected; false where there was none.
    boolean remove(TenantId tenant, String name, Expected expected) {
        var there = find(tenant, name);
        expected.check(
                called(name), there.map(row -> Integer.toString(row.version())).orElse(null));
        if (there.isEmpty()) {
            return false;
        }
        boolean isGone =
                database.as(tenant, () -> triggers.delete(name, there.get().version()) == 1);
        if (!isGone && !expected.equals(Expected.ANYTHING)) {
            throw new Problem(ErrorCode.PRECONDITION_FAILED, called(name) + " was changed by somebody else meanwhile");
        }
        return isGone || remove(tenant, name, expected);
    }

    static String called(String name) {
        return "Trigger \"%s\"".formatted(name);
    }

    /// A person's wish that it fires now; with the same key once.
    void add(TenantId tenant, String trigger, String key, @Nullable String given) {
        database.as(tenant, () -> triggers.fire(trigger, key, given));
    }

    Optional<Firing> firing(TenantId tenant, String trigger, String key) {
        return database.as(tenant, () -> triggers.findByTriggerAndKey(trigger, key));
    }

    /// Newest first.
    Page<Firing> firings(TenantId tenant, String trigger, long before, int limit) {
        var rows = database.as(
                tenant,
                () -> triggers.findByTriggerAndPositionLessThanOrderByPositionDesc(
                        trigger, before, Limit.of(limit + 1, 0)));
        return Page.of(rows, limit, firing -> Long.toString(firing.position()));
    }
}
