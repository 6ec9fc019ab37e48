package dev.wheelhouse.profiles;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// The trail of the profiles of all replicas.
@EngineRepository
interface ProfileRepository extends GenericRepository<ProfileRepository.Row, UUID> {

    @MappedEntity("profiles")
    record Row(@TenantId String tenant, @Id UUID id) {}

    /// One whose replica went away is over after a while.
    @Query("""
            UPDATE profiles SET ended_at = now()
            WHERE ended_at IS NULL AND started_at + (seconds + 60) * interval '1 s' < now()""")
    void endLeft();

    /// 0 while another is recorded.
    @Query("""
            INSERT INTO profiles (tenant, id, asked_by, replica, seconds) VALUES (:of, :id, :askedBy, :replica, :seconds)
            ON CONFLICT ((true)) WHERE ended_at IS NULL DO NOTHING""")
    int begin(String of, UUID id, String askedBy, String replica, int seconds);

    @Query("UPDATE profiles SET ended_at = now(), bytes = :bytes WHERE id = :id")
    void end(UUID id, int bytes);

    /// The last first.
    @Query("""
            SELECT id, asked_by, replica, seconds, started_at, ended_at, bytes
            FROM profiles ORDER BY started_at DESC LIMIT :most""")
    List<Profile> latest(int most);
}
