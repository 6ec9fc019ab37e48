package dev.wheelhouse.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantsTest {

    private final String url = TestDatabase.fresh();
    private final Database database = TestDatabases.open(url);
    private final Tenants tenants = TestTenants.prepare(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void key_opens_the_door_of_its_tenant_with_its_scopes_until_it_is_revoked() {
        var made = tenants.createKey(TenantId.DEFAULT, "shop", Set.of(Scope.READ), null);

        assertThat(tenants.byKey(made.secret()))
                .isEqualTo(new Caller(
                        TenantId.DEFAULT, "shop", Set.of(Scope.READ), made.key().id()));
        tenants.revokeKey(TenantId.DEFAULT, made.key().id());
        refused(made.secret());
    }

    @Test
    void secret_is_nowhere_in_the_database() {
        var made = tenants.createKey(TenantId.DEFAULT, "shop", Set.of(Scope.READ), null);
        String row = TestDatabase.query(url, "SELECT k::text FROM keys k");

        assertThat(row).doesNotContain(made.secret()).contains(made.key().prefix());
    }

    @Test
    void expired_unknown_and_malformed_keys_get_the_same_answer() {
        var expired = tenants.createKey(TenantId.DEFAULT, "old", Set.of(Scope.READ), Duration.ofMillis(-1));
        for (var secret :
                List.of(expired.secret(), "wh_default_" + "x".repeat(40), "wh_nobody_" + "x".repeat(40), "x", "")) {
            refused(secret);
        }
    }

    @Test
    void key_with_another_tenants_name_in_front_opens_nothing() {
        tenants.create(new TenantId("other"));
        var made = tenants.createKey(TenantId.DEFAULT, "shop", Set.of(Scope.READ), null);
        refused(made.secret().replace("wh_default_", "wh_other_"));
    }

    @Test
    void session_ends_when_it_is_signed_out_and_when_its_key_is_revoked() {
        var made = tenants.createKey(TenantId.DEFAULT, "shop", Set.of(Scope.READ), null);
        var first = tenants.signIn(made.secret());
        var second = tenants.signIn(made.secret());

        assertThat(tenants.bySession(first.cookie()).csrfToken()).isEqualTo(first.csrfToken());
        tenants.signOut(first.cookie());
        assertThatThrownBy(() -> tenants.bySession(first.cookie())).isInstanceOf(Problem.class);
        tenants.revokeKey(TenantId.DEFAULT, made.key().id());
        assertThatThrownBy(() -> tenants.bySession(second.cookie())).isInstanceOf(Problem.class);
    }

    @Test
    void open_door_is_refused_where_others_can_reach_it() {
        var open = new AuthConfig(AuthMode.NONE, false, null);
        open.check("127.0.0.1");
        new AuthConfig(AuthMode.KEYS, false, null).check("0.0.0.0");
        new AuthConfig(AuthMode.NONE, true, null).check("0.0.0.0");
        assertThatThrownBy(() -> open.check("0.0.0.0")).hasMessageContaining("0.0.0.0");
    }

    private void refused(String secret) {
        assertThatThrownBy(() -> tenants.byKey(secret)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(problem.message()).isEqualTo(Secrets.unknown().message());
        });
    }
}
