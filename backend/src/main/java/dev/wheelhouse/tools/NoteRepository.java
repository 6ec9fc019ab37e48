package dev.wheelhouse.tools;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.model.Limit;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// A tenant's notes, and the idempotency keys of their writes.
@TenantRepository
interface NoteRepository extends GenericRepository<NoteRepository.Note, String> {

    @MappedEntity("notes")
    record Note(@TenantId String tenant, @Id String name, String text) {}

    /// 0 if this key has already been used.
    @Query("INSERT INTO note_writes (tenant, key) VALUES (:tenant, :key) ON CONFLICT DO NOTHING")
    int claim(String key);

    @Query("""
            INSERT INTO notes (tenant, name, text) VALUES (:tenant, :name, :text)
            ON CONFLICT (tenant, name) DO UPDATE SET text = excluded.text, updated_at = now()""")
    void put(String name, String text);

    Optional<String> findTextByName(String name);

    List<String> listNameOrderByName(Limit most);
}
