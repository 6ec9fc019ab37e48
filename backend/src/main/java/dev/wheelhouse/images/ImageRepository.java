package dev.wheelhouse.images;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/// A tenant's pictures.
@TenantRepository
interface ImageRepository extends GenericRepository<ImageRepository.Row, String> {

    @MappedEntity("images")
    record Row(@TenantId String tenant, @Id String hash, String type, byte[] bytes) {}

    @Introspected
    record Size(String hash, int bytes) {}

    /// Asked first, so that the bytes of one that is there are not sent again.
    boolean existsByHash(String hash);

    @Query("""
            INSERT INTO images (tenant, hash, type, bytes) VALUES (:tenant, :hash, :type, :bytes)
            ON CONFLICT DO NOTHING""")
    void add(String hash, String type, byte[] bytes);

    /// Once a day is enough to know when a picture was last shown.
    @Query("""
            UPDATE images SET at = now() WHERE tenant = :tenant AND at < now() - interval '1 day'
              AND hash IN (SELECT jsonb_array_elements_text(CAST(:hashes AS jsonb)))""")
    void shown(String hashes);

    /// Lets go of those that nobody has shown for so many days.
    @Query("DELETE FROM images WHERE tenant = :tenant AND at < now() - :days * interval '1 day'")
    void expire(int days);

    /// Of those that are there.
    @Query("""
            SELECT hash, octet_length(bytes) AS bytes FROM images
            WHERE tenant = :tenant AND hash IN (SELECT jsonb_array_elements_text(CAST(:hashes AS jsonb)))""")
    List<Size> sizes(String hashes);

    Optional<Row> findByHash(String hash);
}
