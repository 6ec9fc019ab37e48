package dev.wheelhouse.tenants;

import dev.wheelhouse.database.Database;

/// Prepares tenants for tests of other packages.
public final class TestTenants {

    private TestTenants() {}

    public static Tenants prepare(Database database) {
        var tenants = new Tenants(new TenantStore(database), new AuthConfig(AuthMode.KEYS, false, null));
        tenants.prepare();
        return tenants;
    }
}
