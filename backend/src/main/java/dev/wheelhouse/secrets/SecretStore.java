package dev.wheelhouse.secrets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import dev.wheelhouse.outbound.Destination;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Sealed values and wrapped data keys in Postgres.
@Singleton
final class SecretStore {

    private final Database database;

    SecretStore(Database database) {
        this.database = database;
    }

    /// A row as it is: what its hosts are spelt like is part of what it was sealed with.
    record Row(Secret secret, List<String> hosts, byte[] sealed) {}

    /// The same with the tenant's data key.
    record Sealed(Row row, MasterKeys.Wrapped key) {}

    /// Another tenant's data key, for wrapping all of them anew.
    record TenantKey(TenantId tenant, MasterKeys.Wrapped key) {}

    Optional<MasterKeys.Wrapped> key(TenantId tenant) {
        return database.of(tenant)
                .one("SELECT wrapped, master FROM secret_keys WHERE tenant = ?", SecretStore::wrapped, tenant.name());
    }

    /// Keeps the key that is there already.
    void addKey(TenantId tenant, MasterKeys.Wrapped key) {
        database.of(tenant)
                .update(
                        "INSERT INTO secret_keys (tenant, wrapped, master) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        tenant.name(),
                        key.bytes(),
                        key.master());
    }

    Secret put(TenantId tenant, NewSecret wanted, List<String> hosts, byte[] sealed) {
        return database.of(tenant)
                .one(
                        """
                INSERT INTO secrets (tenant, name, sealed, hosts, description) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (tenant, name) DO UPDATE SET sealed = excluded.sealed, hosts = excluded.hosts,
                  description = excluded.description, version = secrets.version + 1, updated_at = now()
                RETURNING *""",
                        row -> row(row).secret(),
                        tenant.name(),
                        wanted.name(),
                        sealed,
                        hosts.toArray(String[]::new),
                        wanted.description())
                .orElseThrow();
    }

    List<Secret> list(TenantId tenant) {
        return database.of(tenant)
                .rows("SELECT * FROM secrets WHERE tenant = ? ORDER BY name", row -> row(row).secret(), tenant.name());
    }

    List<Sealed> sealed(TenantId tenant) {
        return database.of(tenant).rows("""
                SELECT s.*, k.wrapped, k.master FROM secrets s JOIN secret_keys k ON k.tenant = s.tenant
                WHERE s.tenant = ?""", row -> new Sealed(row(row), wrapped(row)), tenant.name());
    }

    boolean remove(TenantId tenant, String name) {
        return database.of(tenant).update("DELETE FROM secrets WHERE tenant = ? AND name = ?", tenant.name(), name)
                == 1;
    }

    /// Data keys of all tenants that another master key wrapped.
    List<TenantKey> keysNotOf(String master) {
        return database.engine()
                .rows(
                        "SELECT tenant, wrapped, master FROM secret_keys WHERE master <> ? ORDER BY tenant",
                        row -> new TenantKey(new TenantId(row.getString("tenant")), wrapped(row)),
                        master);
    }

    /// Only where nobody else has done so.
    void rewrap(TenantKey from, MasterKeys.Wrapped to) {
        database.engine()
                .update(
                        "UPDATE secret_keys SET wrapped = ?, master = ? WHERE tenant = ? AND master = ?",
                        to.bytes(),
                        to.master(),
                        from.tenant().name(),
                        from.key().master());
    }

    private static MasterKeys.Wrapped wrapped(ResultSet row) throws SQLException {
        return new MasterKeys.Wrapped(row.getBytes("wrapped"), row.getString("master"));
    }

    private static Row row(ResultSet row) throws SQLException {
        var hosts = List.of((String[]) row.getArray("hosts").getArray());
        var secret = new Secret(
                row.getString("name"),
                hosts.stream().flatMap(host -> Destination.parse(host).stream()).toList(),
                row.getString("description"),
                row.getInt("version"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"));
        return new Row(secret, hosts, row.getBytes("sealed"));
    }
}
