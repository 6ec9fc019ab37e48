package dev.wheelhouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53100", "53300", "55P03", "25006", "57014", "57P01", "58030"})
    void trouble_of_the_server_passes(String state) {
        assertThat(new DatabaseException(new SQLException("trouble", state)).isPassing())
                .isTrue();
    }

    @Test
    void connection_that_broke_in_a_transaction_passes() {
        var closed = new IllegalStateException(new SQLException("Connection is closed"));
        var hidden = new IllegalStateException(new SQLException("Connection is closed"));
        hidden.addSuppressed(new SQLException("deadlock detected", "40P01"));

        assertThat(DatabaseException.orSame(closed))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.isPassing()).isTrue());
        assertThat(DatabaseException.orSame(hidden)).hasMessage("deadlock detected");
        assertThat(DatabaseException.orSame(new IllegalStateException("ours"))).hasMessage("ours");
    }

    @Test
    void full_pool_passes_as_well() {
        assertThat(new DatabaseException(new SQLTransientConnectionException("no connection is free")).isPassing())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23505", "42601", "XX000"})
    void mistakes_of_a_statement_do_not_pass(String state) {
        assertThat(new DatabaseException(new SQLException("mistake", state)).isPassing())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, refuses the password",
        "3D000, has no database",
        "08001, cannot be reached",
        "08004, sslmode",
        "28000, pg_hba.conf",
        "42501, lacks rights"
    })
    void trouble_at_the_start_names_the_setting(String state, String said) {
        var config = DatabaseConfig.of("postgresql://me:secret@db:5432/wheelhouse", 8);

        String line = ExplainDatabaseError.of(new SQLException("it is so", state), config);

        assertThat(line).contains(said, "DATABASE_URL").doesNotContain("secret", "\n");
    }

    @Test
    void schema_of_a_newer_version_is_served_until_it_takes_something_away() throws Exception {
        String url = TestDatabase.empty();
        try (var database = TestDatabases.open(url)) {
            awaitReady(database);
        }
        newer(url, "900", "add a column");
        try (var database = TestDatabases.open(url)) {
            awaitReady(database);
        }
        newer(url, "901", "contract drop a column");
        try (var database = TestDatabases.open(url)) {
            assertThatThrownBy(() -> database.of(TenantId.DEFAULT))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("newer than this program")
                    .hasMessageContaining("901");
        }
    }

    private static void newer(String url, String version, String description) {
        TestDatabase.execute(
                url,
                "INSERT INTO flyway_schema_history SELECT max(installed_rank) + 1, '%s', '%s', 'SQL', 'V.sql', 1, 'x', now(), 1, true FROM flyway_schema_history"
                        .formatted(version, description));
    }

    private static void awaitReady(Database database) throws InterruptedException {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (database.notReadyBecause() != null) {
            assertThat(System.nanoTime())
                    .as(String.valueOf(database.notReadyBecause()))
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
