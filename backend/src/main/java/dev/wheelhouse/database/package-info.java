/// Postgres: connects, makes the roles, brings the schema up to date, and runs SQL as one of two roles.
///
/// Front door: [dev.wheelhouse.database.Database]. A tenant's rows are read and written by repositories
/// ([dev.wheelhouse.database.TenantRepository]) inside `Database.as`, what is looked for over all tenants by an
/// [dev.wheelhouse.database.EngineRepository] inside `Database.asEngine`; the SQL that carries runs on stands in the
/// `*Store` classes of the packages. `docs/decisions/0014` says which is which.
///
/// ```
/// DATABASE_URL (owner or superuser)   migrations and role set-up at start, then closed
/// <name>_app      a tenant's rows     every statement carries the tenant; without one there are no rows
/// <name>_engine   the run engine      all tenants' runs, questions and budgets, and nothing that proves who calls
/// ```
///
/// [dev.wheelhouse.database.BatchWriter] writes what many threads have to say with one statement and one commit.
///
/// **Invariants**: neither role owns a table, may bypass row-level security or may become another role: both log in
/// with passwords of their own, derived from the owner's, so that every replica finds the same ones. The tenant is set
/// in the same transaction as the statements it is for, by [dev.wheelhouse.database.TenantTransactions] or by
/// [dev.wheelhouse.database.Sql], which also holds behind a pooler that hands connections out per transaction. A
/// repository without a tenant refuses to work. An entity is never made from what a client sends. Nobody holds a
/// connection while waiting for anything but Postgres.
@NullMarked
package dev.wheelhouse.database;

import org.jspecify.annotations.NullMarked;
