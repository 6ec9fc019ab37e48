package dev.wheelhouse.feedback;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One verdict of each person on each run.
@TenantRepository
interface FeedbackRepository extends GenericRepository<FeedbackRepository.Row, UUID> {

    @MappedEntity("feedback")
    record Row(
            @TenantId String tenant,
            @Id UUID run,
            String author,
            UUID thread,
            String rating,
            String comment,
            Instant at) {}

    @Query("""
            INSERT INTO feedback (tenant, run, author, thread, rating, comment)
            VALUES (:tenant, :run, :author, :thread, :rating, :comment)
            ON CONFLICT (tenant, run, author) DO UPDATE SET rating = excluded.rating, comment = excluded.comment, at = now()""")
    void put(UUID run, String author, UUID thread, String rating, String comment);

    @Query("DELETE FROM feedback WHERE tenant = :tenant AND run = :run AND author = :author")
    void remove(UUID run, String author);

    Optional<Row> findByRunAndAuthor(UUID run, String author);

    /// Newest runs first.
    @Query("""
            SELECT * FROM feedback WHERE tenant = :tenant
              AND (CAST(:thread AS uuid) IS NULL OR thread = :thread) AND (CAST(:rating AS text) IS NULL OR rating = :rating)
            ORDER BY run DESC, author OFFSET :skip LIMIT :most""")
    List<Row> list(@Nullable UUID thread, @Nullable String rating, int skip, int most);

    /// Runs with at least one such verdict, newest first.
    @Query("""
            SELECT DISTINCT run FROM feedback WHERE tenant = :tenant AND rating = :rating ORDER BY run DESC LIMIT :most""")
    List<UUID> rated(String rating, int most);

    void deleteByRunIn(List<UUID> runs);
}
