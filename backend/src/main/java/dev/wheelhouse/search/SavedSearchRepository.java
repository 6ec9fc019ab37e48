package dev.wheelhouse.search;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/// Searches that people keep.
@TenantRepository
interface SavedSearchRepository extends GenericRepository<SavedSearchRepository.Row, String> {

    @MappedEntity("saved_searches")
    record Row(@TenantId String tenant, String author, @Id String name, String query) {}

    @Query("SELECT * FROM saved_searches WHERE tenant = :tenant AND author = :author ORDER BY lower(name), name")
    List<Row> of(String author);

    /// Of several lists at once, the later one counts.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended(:tenant || ' ' || :author, 2)) AS text)")
    String lock(String author);

    @Query("DELETE FROM saved_searches WHERE tenant = :tenant AND author = :author")
    void remove(String author);

    /// @param searches [SavedSearch]es
    @Query("""
            INSERT INTO saved_searches (tenant, author, name, query)
            SELECT :tenant, :author, s.name, s.query FROM json_to_recordset(CAST(:searches AS json)) AS s (name text, query text)""")
    void put(String author, String searches);
}
