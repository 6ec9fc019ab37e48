package dev.wheelhouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The second wall between tenants: what Postgres itself refuses, whatever a query forgets.
class WallsTest {

    private static final TenantId A = new TenantId("a");
    private static final TenantId B = new TenantId("b");

    private final String url = TestDatabase.empty();
    private final Database database = TestDatabases.open(url);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_table_has_its_tenant_and_forced_row_level_security() {
        database.of(A);
        String open = TestDatabase.query(url, """
                SELECT string_agg(c.relname, ', ') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'flyway_schema_history'
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant' AND a.attnotnull))""");

        assertThat(open).as("tables without the wall").isEqualTo("null");
    }

    @Test
    void neither_role_owns_a_table_or_may_pass_the_wall() {
        database.of(A);
        String unsafe = TestDatabase.query(url, """
                SELECT count(*) FROM pg_roles WHERE rolname ~ '_(app|engine)$'
                  AND rolname LIKE current_database() || '%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)""");
        String owned = TestDatabase.query(url, """
                SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner ~ '_(app|engine)$'""");

        assertThat(List.of(unsafe, owned)).containsOnly("0");
    }

    @Test
    void statement_that_forgets_the_tenant_sees_only_its_own_rows() {
        database.of(A).update("INSERT INTO tenants (tenant) VALUES ('a')");
        database.of(B).update("INSERT INTO tenants (tenant) VALUES ('b')");

        assertThat(database.of(A).rows("SELECT tenant FROM tenants", row -> row.getString(1)))
                .containsExactly("a");
        assertThat(database.of(B).rows("SELECT tenant FROM tenants", row -> row.getString(1)))
                .containsExactly("b");
    }

    @Test
    void row_of_another_tenant_cannot_be_written() {
        assertThatThrownBy(() -> database.of(A).update("INSERT INTO tenants (tenant) VALUES ('b')"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void every_repository_works_inside_as_and_nowhere_else() {
        var every = new EveryRepository(TestDatabases.context(database));
        database.of(A);

        assertThat(every.withoutTenant()).as("repositories without a tenant").isEmpty();
        assertThat(every.entitiesWithoutTenant())
                .as("entities without a tenant")
                .isEmpty();
        assertThat(every.callEngineOutside())
                .isNotEmpty()
                .allSatisfy((method, result) -> assertThat(result).as(method).isInstanceOf(RuntimeException.class));
        assertThat(every.callAllWithoutTenant())
                .isNotEmpty()
                .allSatisfy((method, result) -> assertThat(result).as(method).isInstanceOf(RuntimeException.class));
    }

    @Test
    void no_repository_shows_or_changes_what_another_tenant_has() {
        var every = new EveryRepository(TestDatabases.context(database));
        database.of(A);
        TestDatabase.execute(url, EveryRepository.fill());
        var before = rowsOfA();
        assertThat(before).as("rows to be looked for").doesNotContainValue("null");

        String cleanUp = tables().stream()
                .map("DELETE FROM \"%s\" WHERE tenant = 'b';"::formatted)
                .collect(Collectors.joining());
        var seen = every.callAll(B, () -> TestDatabase.execute(url, cleanUp));

        seen.values().removeIf(RuntimeException.class::isInstance);
        assertThat(seen).isNotEmpty().allSatisfy((method, result) -> assertThat(String.valueOf(result))
                .as(method + " for another tenant")
                .doesNotContain(EveryRepository.MARK));
        assertThat(rowsOfA()).isEqualTo(before);
        assertThat(every.callAll(A, () -> {}).toString())
                .as("what tenant a sees itself")
                .contains(EveryRepository.MARK);
        assertThat(rowsOfA()).as("what tenant a changes itself").isNotEqualTo(before);
    }

    @Test
    void what_reads_as_the_owner_holds_itself_to_the_tenant() {
        database.of(A);
        String open = TestDatabase.query(url, """
                SELECT string_agg(name, ', ') FROM (
                  SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
                    AND NOT coalesce(reloptions @> '{security_invoker=true}', false)
                  UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
                    AND (prosrc NOT LIKE '%tenant = current_setting(''app.tenant'')%'
                      OR has_function_privilege('public', oid, 'EXECUTE'))) every""");

        assertThat(open).as("views and functions without the wall").isEqualTo("null");
    }

    @Test
    void runs_of_another_tenant_are_neither_traced_nor_forgotten() {
        database.of(A);
        TestDatabase.execute(url, EveryRepository.fill());
        TestDatabase.execute(
                url,
                "UPDATE runs SET ended_at = now(), origin = '{\"run\":\"' || id || '\",\"step\":0,\"how\":\"fork\"}'");
        var ids = new UUID[] {UUID.fromString(TestDatabase.query(url, "SELECT id FROM runs LIMIT 1"))};
        var before = rowsOfA();

        assertThat(database.of(A).rows("SELECT run FROM runs_made_from(?)", row -> 1, (Object) ids))
                .hasSize(1);
        assertThat(database.of(B).rows("SELECT run FROM runs_made_from(?)", row -> 1, (Object) ids))
                .isEmpty();
        assertThat(gone(B, ids)).isZero();
        assertThat(rowsOfA()).isEqualTo(before);
        assertThat(gone(A, ids)).isOne();
    }

    private long gone(TenantId tenant, UUID... runs) {
        return database.of(tenant)
                .one("SELECT forget_runs(?, ?) AS gone", row -> row.getLong("gone"), runs[0], runs)
                .orElseThrow();
    }

    private List<String> tables() {
        String names = TestDatabase.query(url, """
                SELECT string_agg(table_name, ' ') FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'""");
        return List.of(names.split(" "));
    }

    private Map<String, String> rowsOfA() {
        var rows = new TreeMap<String, String>();
        for (String table : tables()) {
            rows.put(table, TestDatabase.query(url, """
                    SELECT string_agg(t::text, ';' ORDER BY t::text) FROM "%s" t WHERE tenant = 'a'""".formatted(table)));
        }
        return rows;
    }

    @Test
    void application_cannot_switch_the_wall_off_or_become_somebody_else() {
        for (var attempt : List.of(
                "ALTER TABLE tenants DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON tenants",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION postgres",
                "ALTER ROLE current_user BYPASSRLS",
                "SELECT pg_read_file('/etc/hostname')")) {
            assertThatThrownBy(() -> database.of(A).update(attempt)).as(attempt).isInstanceOf(DatabaseException.class);
        }
    }

    @Test
    void tenant_does_not_stay_on_the_connection() {
        database.of(A).update("INSERT INTO tenants (tenant) VALUES ('a')");

        String left = new Sql(poolOf(database), null, new MeasureSql(new SimpleMeterRegistry()))
                .one("SELECT coalesce(current_setting('app.tenant', true), '')", row -> row.getString(1))
                .orElseThrow();
        assertThat(left).isEmpty();
    }

    @Test
    void tenant_of_a_transaction_does_not_stay_on_the_connection() {
        database.as(A, () -> {});
        assertThatThrownBy(() -> database.as(A, () -> {
                    throw new IllegalStateException("broken off");
                }))
                .hasMessage("broken off");

        assertThat(new Sql(poolOf(database), null, new MeasureSql(new SimpleMeterRegistry()))
                        .one("SELECT coalesce(current_setting('app.tenant', true), '')", row -> row.getString(1)))
                .contains("");
    }

    @Test
    void transaction_of_one_tenant_never_turns_into_anothers() {
        assertThatThrownBy(() -> database.as(A, () -> database.as(B, () -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction of tenant");
        assertThat(database.as(A, () -> database.as(A, CurrentTenant::name))).isEqualTo(A.name());
    }

    private static javax.sql.DataSource poolOf(Database database) {
        return database.appPool();
    }

    @Test
    void engine_sees_runs_of_all_tenants_and_no_keys() {
        assertThat(database.engine().rows("SELECT count(*) FROM runs", row -> row.getInt(1)))
                .containsExactly(0);
        assertThatThrownBy(() -> database.engine().rows("SELECT * FROM keys", row -> 1))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.engine().update("UPDATE events SET data = ''"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void owner_needs_no_special_rights_and_one_without_any_gets_the_remedy() {
        TestDatabase.execute(
                url, "CREATE ROLE plain LOGIN PASSWORD 'plain'; CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'maker'");
        String database = url.substring(url.lastIndexOf('/') + 1);
        String server = url.substring(url.indexOf('@'), url.lastIndexOf('/') + 1);
        String mine = TestDatabase.empty();
        String name = mine.substring(mine.lastIndexOf('/') + 1);
        TestDatabase.execute(url, "ALTER DATABASE %s OWNER TO maker".formatted(name));

        try (var made = TestDatabases.open("postgresql://maker:maker" + server + name)) {
            made.of(A).update("INSERT INTO tenants (tenant) VALUES ('a')");
            assertThat(made.of(B).rows("SELECT tenant FROM tenants", row -> 1)).isEmpty();
        }
        try (var again = TestDatabases.open("postgresql://maker:maker" + server + name)) {
            assertThat(again.of(A).rows("SELECT tenant FROM tenants", row -> 1)).hasSize(1);
        }
        try (var refused = TestDatabases.open("postgresql://plain:plain" + server + database)) {
            assertThatThrownBy(() -> refused.of(A))
                    .hasMessageContaining("plain")
                    .hasMessageContaining("CREATEROLE");
        }
    }
}
