package dev.wheelhouse.notices;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.WithoutTenantId;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.Limit;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// What happened to all tenants, and who watches them.
@EngineRepository
interface AllNoticesRepository extends GenericRepository<Notice, Long> {

    @Introspected
    record Watcher(
            String tenant,
            String reader,
            @MappedProperty(type = DataType.STRING_ARRAY) List<String> moments) {}

    @Query("SELECT tenant, reader, moments FROM watchers")
    List<Watcher> watchers();

    /// Of all tenants: told what it lists and nothing else.
    @Query("""
            INSERT INTO watchers (tenant, reader, moments) VALUES ('*', :reader, :types)
            ON CONFLICT (tenant, reader) DO UPDATE SET moments = excluded.moments""")
    void watchAll(Notice.Reader reader, String[] types);

    @Query("DELETE FROM watchers WHERE tenant = '*' AND reader = :reader")
    void leaveAll(Notice.Reader reader);

    /// The oldest first.
    @WithoutTenantId
    List<Notice> findByReaderOrderById(Notice.Reader reader, Limit most);

    /// For everybody who watches the tenant.
    @Query("SELECT note(:of, :type, NULL, :subject, :data)")
    boolean note(String of, String type, UUID subject, String data);
}
