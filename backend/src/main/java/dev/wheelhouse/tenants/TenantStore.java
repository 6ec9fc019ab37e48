package dev.wheelhouse.tenants;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tenants, keys and sessions in Postgres.
@Singleton
final class TenantStore {

    private final Database database;

    TenantStore(Database database) {
        this.database = database;
    }

    void create(TenantId tenant) {
        database.of(tenant).update("INSERT INTO tenants (tenant) VALUES (?) ON CONFLICT DO NOTHING", tenant.name());
    }

    /// False where the hash is there already.
    boolean addKey(
            TenantId tenant, UUID id, String name, Secrets secret, Set<Scope> scopes, @Nullable Long lifetimeMillis) {
        var words = scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
        return database.of(tenant)
                        .update("""
                INSERT INTO keys (tenant, id, name, prefix, hash, scopes, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, now() + ?::bigint * interval '1 ms') ON CONFLICT DO NOTHING""", tenant.name(), id, name, secret.prefix(), secret.hash(), words, lifetimeMillis)
                == 1;
    }

    /// The living key of this hash; also notes its use, at most once a minute.
    Optional<Tenants.Key> useKey(TenantId tenant, byte[] hash) {
        return database.of(tenant).one("""
                WITH found AS (
                  SELECT * FROM keys WHERE tenant = ? AND hash = ? AND (expires_at IS NULL OR expires_at > now())
                ), used AS (
                  UPDATE keys k SET last_used_at = now() FROM found f WHERE k.tenant = f.tenant AND k.id = f.id
                    AND (f.last_used_at IS NULL OR f.last_used_at < now() - interval '1 minute')
                ) SELECT * FROM found""", TenantStore::key, tenant.name(), hash);
    }

    Optional<Tenants.Key> key(TenantId tenant, UUID id) {
        return database.of(tenant)
                .one("SELECT * FROM keys WHERE tenant = ? AND id = ?", TenantStore::key, tenant.name(), id);
    }

    List<Tenants.Key> keys(TenantId tenant) {
        return database.of(tenant)
                .rows("SELECT * FROM keys WHERE tenant = ? ORDER BY id", TenantStore::key, tenant.name());
    }

    boolean removeKey(TenantId tenant, UUID id) {
        return database.of(tenant).update("DELETE FROM keys WHERE tenant = ? AND id = ?", tenant.name(), id) == 1;
    }

    void addSession(TenantId tenant, byte[] hash, UUID key, String csrfToken, long lifetimeMillis) {
        database.of(tenant).update("""
                WITH over AS (DELETE FROM sessions WHERE tenant = ? AND expires_at < now())
                INSERT INTO sessions (tenant, hash, key, csrf_token, expires_at)
                VALUES (?, ?, ?, ?, now() + ? * interval '1 ms')""", tenant.name(), tenant.name(), hash, key, csrfToken, lifetimeMillis);
    }

    /// A living session with its living key.
    record Found(Tenants.Key key, String csrfToken) {}

    Optional<Found> session(TenantId tenant, byte[] hash) {
        return database.of(tenant)
                .one("""
                SELECT k.*, s.csrf_token FROM sessions s JOIN keys k ON k.tenant = s.tenant AND k.id = s.key
                WHERE s.tenant = ? AND s.hash = ? AND s.expires_at > now()
                  AND (k.expires_at IS NULL OR k.expires_at > now())""", row -> new Found(key(row), row.getString("csrf_token")), tenant.name(), hash);
    }

    void removeSession(TenantId tenant, byte[] hash) {
        database.of(tenant).update("DELETE FROM sessions WHERE tenant = ? AND hash = ?", tenant.name(), hash);
    }

    private static Tenants.Key key(ResultSet row) throws SQLException {
        var scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .forEach(word -> scopes.add(Scope.valueOf(word.toUpperCase(Locale.ROOT))));
        return new Tenants.Key(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                Set.copyOf(scopes),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "expires_at"),
                Sql.instantOrNull(row, "last_used_at"));
    }
}
