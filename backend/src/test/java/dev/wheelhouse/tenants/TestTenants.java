package dev.wheelhouse.tenants;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;

/// Prepares tenants for tests of other packages.
public final class TestTenants {

    private TestTenants() {}

    public static Tenants prepare(Database database) {
        var tenants = new Tenants(
                database,
                TestDatabases.bean(database, KeyRepository.class),
                TestDatabases.bean(database, SessionRepository.class),
                new AuthConfig(AuthMode.KEYS, false, null));
        tenants.prepare();
        return tenants;
    }
}
