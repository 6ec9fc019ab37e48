package dev.wheelhouse.secrets;

import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Sealed values and wrapped data keys in Postgres.
@Singleton
final class SecretStore {

    private final Database database;
    private final SecretRepository secrets;
    private final DataKeyRepository keys;
    private final AllDataKeysRepository allKeys;

    SecretStore(Database database, SecretRepository secrets, DataKeyRepository keys, AllDataKeysRepository allKeys) {
        this.database = database;
        this.secrets = secrets;
        this.keys = keys;
        this.allKeys = allKeys;
    }

    /// A row with the tenant's data key.
    record Sealed(SecretRepository.Row row, MasterKeys.Wrapped key) {}

    Optional<MasterKeys.Wrapped> key(TenantId tenant) {
        return database.as(tenant, keys::find).map(DataKeyRepository.Row::key);
    }

    /// Keeps the key that is there already.
    void addKey(TenantId tenant, MasterKeys.Wrapped key) {
        database.as(tenant, () -> keys.add(key.bytes(), key.master()));
    }

    /// Refuses where another version is there than is expected, and changes nothing then.
    Secret put(TenantId tenant, NewSecret wanted, List<String> hosts, byte[] sealed, Expected expected) {
        String name = wanted.name();
        boolean replaces = !expected.equals(Expected.NOTHING);
        return database.as(tenant, () -> {
            check(name, expected);
            boolean isSet =
                    secrets.put(name, sealed, hosts.toArray(String[]::new), wanted.description(), replaces) == 1;
            var secret = secrets.findByName(name).orElseThrow().secret();
            if (!isSet) {
                throw expected.refusal(called(name), String.valueOf(secret.version()));
            }
            return secret;
        });
    }

    List<Secret> list(TenantId tenant) {
        return database.as(tenant, secrets::listOrderByName).stream()
                .map(SecretRepository.Row::secret)
                .toList();
    }

    List<Sealed> sealed(TenantId tenant) {
        return database.as(tenant, () -> {
            var key = keys.find().map(DataKeyRepository.Row::key);
            return secrets.listOrderByName().stream()
                    .map(row -> new Sealed(row, key.orElseThrow()))
                    .toList();
        });
    }

    /// Refuses as putting does; false where there was none.
    boolean remove(TenantId tenant, String name, Expected expected) {
        return database.as(tenant, () -> {
            check(name, expected);
            return secrets.deleteByName(name) == 1;
        });
    }

    private void check(String name, Expected expected) {
        expected.check(called(name), secrets.lock(name).map(String::valueOf).orElse(null));
    }

    private static String called(String name) {
        return "Secret \"%s\"".formatted(name);
    }

    /// Data keys of all tenants that another master key wrapped.
    List<DataKeyRepository.Row> keysNotOf(String master) {
        return database.asEngine(() -> allKeys.findByMasterNotEqualsOrderByTenant(master));
    }

    /// Only where nobody else has done so.
    void rewrap(DataKeyRepository.Row from, MasterKeys.Wrapped to) {
        database.asEngine(() -> allKeys.rewrap(from.tenant().name(), from.master(), to.bytes(), to.master()));
    }
}
