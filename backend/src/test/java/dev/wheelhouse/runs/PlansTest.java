package dev.wheelhouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How Postgres finds the rows of the engine's statements. It plans a statement once and keeps the plan, so what is
/// right for the first run of a new installation has to be right for the next thousands as well.
class PlansTest {

    @Test
    void runs_are_found_by_their_key_while_there_are_three() throws Exception {
        String url = TestDatabase.fresh();
        try (var replica = new TestReplica(url, history -> new Next.Succeed("done"))) {
            for (int n = 0; n < 3; n++) {
                replica.ended(replica.start("x"));
            }
            TestDatabase.execute(url, "ANALYZE runs");

            var plan = replica.database
                    .engine()
                    .rows(
                            "EXPLAIN " + EngineSql.CREATED,
                            row -> row.getString(1),
                            new String[] {TestReplica.TENANT.name()},
                            new UUID[] {UUID.randomUUID()});

            assertThat(String.join("\n", plan)).contains("runs_pkey").doesNotContain("Seq Scan on runs");
        }
    }

    @Test
    void a_table_of_few_runs_is_not_analyzed_by_itself() throws Exception {
        String url = TestDatabase.fresh();
        try (var replica = new TestReplica(url, history -> new Next.Succeed("done"))) {
            var changes = replica.database.engine().rows("""
                            SELECT c.relname || ' ' || o.option_value FROM pg_class c, pg_options_to_table(c.reloptions) o
                            WHERE o.option_name = 'autovacuum_analyze_threshold' ORDER BY 1""", row -> row.getString(1));

            assertThat(changes).containsExactly("events 5000", "runs 5000");
        }
    }

    /// By blocks of the table every row of a new one was read for each commit.
    @Test
    void commits_leave_the_index_of_ended_runs_alone() throws Exception {
        String url = TestDatabase.fresh();
        try (var replica = new TestReplica(url, history -> new Next.Succeed("done"))) {
            for (int n = 0; n < 60; n++) {
                replica.ended(replica.start("x"));
            }
        }

        // What sessions have counted is told when they end.
        Await.until("the sessions are over", () -> TestDatabase.query(
                        url, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
                .equals("1"));
        assertThat(TestDatabase.query(
                        url, "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'runs_ended'"))
                .isEqualTo("0");
        assertThat(TestDatabase.query(
                        url, "SELECT idx_scan >= 60 FROM pg_stat_user_indexes WHERE indexrelname = 'runs_pkey'"))
                .isEqualTo("t");
    }
}
