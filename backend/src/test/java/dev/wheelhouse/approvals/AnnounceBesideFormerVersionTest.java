package dev.wheelhouse.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.FormerVersion;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Announcements by this version and by 0.1.0 on one database: each question is announced by one of them.
class AnnounceBesideFormerVersionTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final UUID QUESTION = new UUID(1, 2);

    private final String url = TestDatabase.fresh();
    private final Database database = TestDatabases.open(url);
    private final ApprovalStore store = TestApprovals.store(database);

    @BeforeEach
    void ask() {
        TestTenants.prepare(database);
        TestDatabase.execute(url, """
                INSERT INTO runs (tenant, id, thread, revision, epoch, seq, agent, state, created)
                VALUES ('default', '%1$s', '%1$s', 1, 1, 1, 'careful', 'waiting', '{"input":[]}');
                INSERT INTO questions (tenant, id, run, step, round, kind, question, hash)
                VALUES ('default', '%1$s', '%1$s', 1, 1, 'tool', '{}', 'h')""".formatted(QUESTION));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<UUID> taken() {
        return store.toAnnounce(5).stream().map(Approval::id).toList();
    }

    private List<UUID> takenThere() {
        return database.engine()
                .rows(FormerVersion.statement("take to announce"), row -> row.getObject("id", UUID.class), 5);
    }

    private void there(String statement) {
        database.engine().update(FormerVersion.statement(statement), TENANT.name(), QUESTION);
    }

    /// A minute later the replica that took a question is taken for dead.
    private void passMinute() {
        TestDatabase.execute(url, """
                UPDATE announcements SET notify_at = notify_at - interval '61 s';
                UPDATE questions SET notify_at = notify_at - interval '61 s' WHERE notify_at > now()""");
    }

    @Test
    void question_taken_here_is_not_taken_there() {
        assertThat(taken()).containsExactly(QUESTION);

        assertThat(takenThere()).isEmpty();
        assertThat(taken()).isEmpty();
    }

    @Test
    void question_taken_there_is_not_taken_here() {
        assertThat(takenThere()).containsExactly(QUESTION);

        assertThat(taken()).isEmpty();
    }

    @Test
    void question_announced_here_is_never_announced_there() {
        taken();
        store.announced(TENANT, QUESTION);
        passMinute();

        assertThat(takenThere()).isEmpty();
        assertThat(TestDatabase.query(url, "SELECT notified_at IS NOT NULL FROM questions"))
                .isEqualTo("t");
    }

    @Test
    void question_announced_there_is_never_announced_here() {
        takenThere();
        there("announced");
        passMinute();

        assertThat(taken()).isEmpty();
    }

    @Test
    void question_that_either_left_behind_is_taken_by_the_other() {
        taken();
        passMinute();
        assertThat(takenThere()).containsExactly(QUESTION);
        passMinute();
        assertThat(taken()).containsExactly(QUESTION);
        assertThat(TestDatabase.query(url, "SELECT tries FROM announcements")).isEqualTo("3");
    }
}
