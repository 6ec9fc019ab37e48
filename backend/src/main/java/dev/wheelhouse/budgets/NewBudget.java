package dev.wheelhouse.budgets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A budget to be set. The subject of a tenant's budget is the tenant, whatever is said here.
public record NewBudget(
        TenantId tenant,
        Budget.Scope scope,
        String subject,
        Unit unit,
        Budget.Period period,
        long cap,
        String note,
        @Nullable String createdBy) {

    Budget withId(UUID id) {
        String whose = scope == Budget.Scope.TENANT ? tenant.name() : subject;
        return new Budget(tenant, id, scope, whose, unit, period, cap, Text.storable(note), createdBy);
    }
}
