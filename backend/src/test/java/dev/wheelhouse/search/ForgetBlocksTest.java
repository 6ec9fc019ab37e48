package dev.wheelhouse.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.SystemClock;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What is deleted leaves no word behind, however the makers of blocks and those who delete meet.
class ForgetBlocksTest {

    private static final TenantId ANNA = new TenantId("anna");

    @Test
    void a_block_that_is_made_meanwhile_keeps_no_word_of_what_is_deleted() throws Exception {
        String url = TestDatabase.fresh();
        try (var database = TestDatabases.open(url)) {
            var blocks = new BlockStore(database, TestDatabases.bean(database, BlockRepository.class));
            var ids = insert(url, 3);
            var hasRead = new CountDownLatch(1);
            var isDeleted = new CountDownLatch(1);

            var making = Thread.startVirtualThread(() -> blocks.making(ANNA, () -> {
                var read = blocks.next(ANNA, new UUID(0, 0), Instant.now().plusSeconds(60), 64);
                hasRead.countDown();
                open(isDeleted);
                FillBlocks.put(blocks, ANNA, read);
                return read;
            }));
            Await.open(hasRead);
            TestDatabase.execute(url, "DELETE FROM runs WHERE id = '%s'".formatted(ids.get(1)));
            var forgetting = Thread.startVirtualThread(() -> new ForgetBlocks(blocks).forget(ANNA, ids.subList(1, 2)));
            Await.until(
                    "it waits for the block, or is over",
                    () -> !forgetting.isAlive() || TestDatabase.query(url, """
                            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database =
                              (SELECT oid FROM pg_database WHERE datname = current_database())""").equals("1"));
            isDeleted.countDown();
            making.join();
            forgetting.join();

            assertThat(TestDatabase.query(url, "SELECT count(*) FROM search_blocks WHERE words @@ 'word1'::tsquery"))
                    .isEqualTo("1");
            assertThat(TestDatabase.query(url, "SELECT count(*) FROM search_blocks WHERE words @@ 'word2'::tsquery"))
                    .isEqualTo("0");
        }
    }

    @Test
    void a_block_whose_runs_were_all_deleted_is_not_made_anew() throws Exception {
        String url = TestDatabase.fresh();
        try (var database = TestDatabases.open(url)) {
            var blocks = new BlockStore(database, TestDatabases.bean(database, BlockRepository.class));
            var ids = insert(url, 2);
            TestDatabase.execute(url, "UPDATE runs SET ended_at = NULL, state = 'waiting', waiting = 'approval'");
            FillBlocks.put(
                    blocks,
                    ANNA,
                    blocks.next(ANNA, new UUID(0, 0), Instant.now().plusSeconds(60), 64));
            TestDatabase.execute(url, "UPDATE runs SET ended_at = now(), state = 'succeeded', waiting = NULL");
            var stale = blocks.stale(20);
            assertThat(stale).hasSize(1);
            TestDatabase.execute(url, "DELETE FROM runs");
            new ForgetBlocks(blocks).forget(ANNA, ids);

            try (var fill = new FillBlocks(blocks, new SystemClock())) {
                fill.remake(ANNA, stale.getFirst());
            }

            assertThat(TestDatabase.query(url, "SELECT count(*) FROM search_blocks"))
                    .isEqualTo("0");
        }
    }

    private static void open(CountDownLatch latch) {
        try {
            Await.open(latch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs that have ended, oldest first; each says a word of its own.
    private static List<UUID> insert(String url, int many) {
        TestDatabase.execute(url, """
                INSERT INTO runs (tenant, id, thread, kind, agent, revision, epoch, state, seq, steps, created_at, ended_at,
                  created, ended)
                SELECT 'anna', i, i, 'agent', 'agent', 1, 1, 'succeeded', 2, 1, t, t,
                  '{"input":[{"role":"user","content":"word' || n || '"}]}', '{"output":"fine"}'
                FROM (SELECT n, ('0195' || lpad(to_hex(n), 8, '0') || '70008000000000000001')::uuid AS i,
                  now() - interval '1 day' + n * interval '1 s' AS t FROM generate_series(1, %d) n) x""".formatted(many));
        return java.util.stream.IntStream.rangeClosed(1, many)
                .mapToObj(n -> UUID.fromString("0195%04x-%04x-7000-8000-000000000001".formatted(n >> 16, n & 0xffff)))
                .toList();
    }
}
