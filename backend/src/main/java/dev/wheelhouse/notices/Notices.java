package dev.wheelhouse.notices;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Who watches which tenant, and what happened there.
@Context
public final class Notices implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final NoticeStore store;
    private final Recurring looking;
    private volatile Map<String, List<NoticeStore.Watcher>> watched = Map.of();

    Notices(NoticeStore store, Clock clock) {
        this.store = store;
        looking = Recurring.start(clock, "look-who-watches", PAUSE, DatabaseException::isAway, this::look);
    }

    private boolean look() {
        watched = store.watchers().stream().collect(Collectors.groupingBy(NoticeStore.Watcher::tenant));
        return false;
    }

    /// Whether anybody wants to know what happens to this tenant. Asks nobody; two seconds old at most.
    public boolean isWatched(TenantId tenant) {
        return watched.containsKey(tenant.name());
    }

    /// Whether anybody wants to know of this moment of the tenant's runs.
    public boolean isWatched(TenantId tenant, Notice.Moment moment) {
        var watchers = watched.getOrDefault(tenant.name(), List.of());
        return moment == Notice.Moment.ENDED
                ? !watchers.isEmpty()
                : watchers.stream().anyMatch(one -> one.types().contains(moment.type()));
    }

    /// Whether this reader watches any tenant.
    public boolean watches(Notice.Reader reader) {
        return watched.values().stream().flatMap(List::stream).anyMatch(one -> one.reader() == reader);
    }

    /// Watches a tenant, or ends it where no moment is wanted. The end of runs comes with any other. Other
    /// replicas know within two seconds.
    public void watch(TenantId tenant, Notice.Reader reader, Set<Notice.Moment> moments) {
        if (moments.isEmpty()) {
            store.leave(tenant, reader);
        } else {
            store.watch(
                    tenant,
                    reader,
                    moments.stream()
                            .filter(moment -> moment != Notice.Moment.ENDED)
                            .map(Notice.Moment::type)
                            .sorted()
                            .toList());
        }
        looking.wake();
    }

    /// Watches all tenants, those to come among them, for these types of notices; ends it where there are none.
    public void watchAll(Notice.Reader reader, Set<String> types) {
        store.watchAll(reader, types);
        looking.wake();
    }

    /// Tells those who watch, beside any transaction: where what happened has none.
    public void note(TenantId tenant, String type, UUID subject, String data) {
        if (isWatched(tenant)) {
            store.note(tenant, type, subject, data);
        }
    }

    /// The oldest notices of a reader. They stay until it takes them, by `take_notices`.
    public List<Notice> read(Notice.Reader reader, int most) {
        return store.read(reader, most);
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        looking.close();
    }
}
