package dev.wheelhouse.secrets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
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
        return new Secrets(new SecretStore(database), new MasterKeys(current, previous));
    }
}
