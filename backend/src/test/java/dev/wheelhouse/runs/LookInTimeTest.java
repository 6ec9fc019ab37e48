package dev.wheelhouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.FormerVersion;
import dev.wheelhouse.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A replica of 0.1.0 knows nothing of `look_at`; whatever it makes due is looked at in time all the same.
class LookInTimeTest {

    private static final String RUN = """
            INSERT INTO runs (tenant, id, thread, created_at, revision, epoch, seq, agent, state, created, look_at, behind)
            VALUES ('default', '%1$s', '%1$s', now() - interval '1 h', 1, 1, 3, 'a', '%2$s', '{}', %3$s, %4$s)""";
    private static final String ID = "01a22bb4-605f-7000-9333-6ab6afbde204";

    private final String url = TestDatabase.fresh();
    private final Database database = TestDatabases.open(url);

    @BeforeEach
    void prepare() {
        database.engine();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String told(String what) {
        return TestDatabase.query(url, "SELECT " + what + " FROM runs");
    }

    @ParameterizedTest
    @CsvSource({"now() - interval '1 day', t", "now(), t", "now() + interval '1 h', f"})
    void run_that_is_made_due_there_is_looked_at_when_it_is(String due, String isAtOnce) {
        TestDatabase.execute(url, RUN.formatted(ID, "waiting", "'infinity'", "false"));

        TestDatabase.execute(url, "UPDATE runs SET due_at = " + due);

        assertThat(told("look_at <= now()")).isEqualTo(isAtOnce);
        assertThat(told("look_at <= greatest(due_at, now())")).isEqualTo("t");
    }

    @Test
    void run_that_is_freed_there_is_looked_at_at_once() {
        TestDatabase.execute(url, RUN.formatted(ID, "queued", "NULL", "true"));

        assertThat(database.engine().rows(FormerVersion.statement("free"), row -> row.getString("id")))
                .containsExactly(ID);

        assertThat(told("look_at BETWEEN now() - interval '1 minute' AND now()"))
                .isEqualTo("t");
    }

    @Test
    void run_that_waits_for_people_there_is_put_off_by_the_first_look_here() {
        TestDatabase.execute(url, RUN.formatted(ID, "waiting", "NULL", "false"));

        assertThat(new PostgresEngineStore(database, new QuestionStore(database))
                        .claim(10, null, 1000)
                        .runs())
                .isEmpty();

        assertThat(told("look_at")).isEqualTo("infinity");
    }
}
