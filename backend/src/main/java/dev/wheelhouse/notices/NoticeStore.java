package dev.wheelhouse.notices;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import io.micronaut.data.model.Limit;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// Notices and who watches.
@Singleton
final class NoticeStore {

    private final Database database;
    private final AllNoticesRepository notices;
    private final WatcherRepository watchers;

    NoticeStore(Database database, AllNoticesRepository notices, WatcherRepository watchers) {
        this.database = database;
        this.notices = notices;
        this.watchers = watchers;
    }

    /// @param tenant its name, or `*` for all
    /// @param types of the moments that are told where somebody wants to know
    record Watcher(String tenant, Notice.Reader reader, Set<String> types) {}

    List<Watcher> watchers() {
        return database.asEngine(notices::watchers).stream()
                .map(row -> new Watcher(
                        row.tenant(),
                        Notice.Reader.valueOf(row.reader().toUpperCase(Locale.ROOT)),
                        Set.copyOf(row.moments())))
                .toList();
    }

    /// @param types of the moments that are told where somebody wants to know
    void watch(TenantId tenant, Notice.Reader reader, Collection<String> types) {
        database.as(tenant, () -> watchers.put(reader.word(), types.toArray(String[]::new)));
    }

    void leave(TenantId tenant, Notice.Reader reader) {
        database.as(tenant, () -> watchers.deleteByReader(reader.word()));
    }

    /// Of all tenants; of none where there is nothing to be told.
    void watchAll(Notice.Reader reader, Set<String> types) {
        database.asEngine(() -> {
            if (types.isEmpty()) {
                notices.leaveAll(reader);
            } else {
                notices.watchAll(reader, types.toArray(String[]::new));
            }
        });
    }

    void note(TenantId tenant, String type, UUID subject, String data) {
        database.asEngine(() -> notices.note(tenant.name(), type, subject, data));
    }

    List<Notice> read(Notice.Reader reader, int most) {
        return database.asEngine(() -> notices.findByReaderOrderById(reader, Limit.of(most, 0)));
    }
}
