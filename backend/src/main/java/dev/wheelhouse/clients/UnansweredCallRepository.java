package dev.wheelhouse.clients;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;

/// A tenant's calls that were left without an answer.
@TenantRepository
interface UnansweredCallRepository extends GenericRepository<UnansweredCallRepository.Row, String> {

    String IS_FRESH = "at > now() - interval '10 minutes'";

    @MappedEntity("unanswered_calls")
    record Row(@TenantId String tenant, @Id String call) {}

    @Query("SELECT EXISTS (SELECT FROM unanswered_calls WHERE tenant = :tenant AND call = :call AND " + IS_FRESH + ")")
    boolean has(String call);

    /// As if it had been left so long ago. Also forgets what is too old.
    @Query("WITH old AS (DELETE FROM unanswered_calls WHERE tenant = :tenant AND call <> :call AND NOT " + IS_FRESH
            + """
            )
            INSERT INTO unanswered_calls (tenant, call, at)
            VALUES (:tenant, :call, now() - :agoMillis * interval '1 ms')
            ON CONFLICT (tenant, call) DO UPDATE SET at = excluded.at""")
    void add(String call, long agoMillis);

    void deleteByCall(String call);
}
