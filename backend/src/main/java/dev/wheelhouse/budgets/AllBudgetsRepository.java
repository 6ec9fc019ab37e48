package dev.wheelhouse.budgets;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.WithoutTenantId;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// The budgets of all tenants: what replicas look at once a second while runs spend.
@EngineRepository
interface AllBudgetsRepository extends GenericRepository<Budget, UUID> {

    @WithoutTenantId
    List<Budget> listOrderByTenantAndId();

    /// What was reserved for calls that nobody makes any more counts as spent.
    @Query("SELECT sweep_reservations()")
    long sweep();
}
