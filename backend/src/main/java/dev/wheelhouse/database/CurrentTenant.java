package dev.wheelhouse.database;

import dev.wheelhouse.base.TenantId;
import io.micronaut.data.runtime.multitenancy.TenantResolver;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whose rows the repositories read and write on this thread, for as long as [Database#as] runs.
///
/// Micronaut Data asks it for every column that is annotated as the tenant's, and [TenantRepository] for `:tenant` in
/// statements that are written out.
@Singleton
public final class CurrentTenant implements TenantResolver {

    private static final ScopedValue<TenantId> TENANT = ScopedValue.newInstance();

    CurrentTenant() {}

    static <T extends @Nullable Object> T during(TenantId tenant, Supplier<T> work) {
        return ScopedValue.where(TENANT, tenant).call(work::get);
    }

    /// Whether this thread is inside a transaction of this tenant's. Refuses where it is inside another's: its rows
    /// would be read and written as this one's.
    static boolean isInside(TenantId tenant) {
        if (TENANT.isBound() && !TENANT.get().equals(tenant)) {
            throw new IllegalStateException(
                    "Work for tenant \"%s\" began inside a transaction of tenant \"%s\": end that first"
                            .formatted(tenant, TENANT.get()));
        }
        return TENANT.isBound();
    }

    /// Refuses where nobody said for whom: a repository is used inside [Database#as] only.
    public static String name() {
        if (!TENANT.isBound()) {
            throw new IllegalStateException("A repository was used without a tenant: call it inside Database.as");
        }
        return TENANT.get().name();
    }

    @Override
    public String resolveTenantIdentifier() {
        return name();
    }
}
