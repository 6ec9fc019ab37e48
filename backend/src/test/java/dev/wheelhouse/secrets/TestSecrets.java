package dev.wheelhouse.secrets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Secrets for tests of other packages.
public final class TestSecrets {

    private TestSecrets() {}

    /// Of a platform without a master key.
    public static Secrets none() {
        return of(null, null, null);
    }

    /// With a fresh master key.
    public static Secrets of(Database database) {
        return of(database, SealingKey.fresh(), null);
    }

    public static void put(Secrets secrets, String name, String value, String... hosts) {
        secrets.put(TenantId.DEFAULT, new NewSecret(name, value, List.of(hosts), ""));
    }

    static Secrets of(@Nullable Database database, @Nullable SealingKey current, @Nullable SealingKey previous) {
        var store = database == null ? null : store(database);
        return new Secrets(store, new MasterKeys(current, previous));
    }

    private static SecretStore store(Database database) {
        return new SecretStore(
                database,
                TestDatabases.bean(database, SecretRepository.class),
                TestDatabases.bean(database, DataKeyRepository.class),
                TestDatabases.bean(database, AllDataKeysRepository.class));
    }
}
