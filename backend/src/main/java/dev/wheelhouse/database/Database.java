package dev.wheelhouse.database;

import dev.wheelhouse.base.TenantId;

/// Postgres, as the rest of the platform sees it.
public interface Database {

    /// Statements that see one tenant's rows.
    Sql of(TenantId tenant);

    /// Statements of the run engine, over all tenants' runs, threads and events.
    Sql engine();
}
