package dev.wheelhouse.clients;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;

/// The calls of all tenants that were left without an answer.
@EngineRepository
interface AllUnansweredCallsRepository extends GenericRepository<UnansweredCallRepository.Row, String> {

    @Query("SELECT EXISTS (SELECT FROM unanswered_calls WHERE " + UnansweredCallRepository.IS_FRESH + ")")
    boolean isAny();
}
