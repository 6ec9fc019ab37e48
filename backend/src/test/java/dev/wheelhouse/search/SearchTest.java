package dev.wheelhouse.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.SystemClock;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many runs of two tenants, most of them in blocks: whatever is asked, the answer is that of reading all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {

    private static final TenantId ANNA = new TenantId("anna");
    private static final TenantId BEN = new TenantId("ben");

    private String url;
    private Database database;
    private BlockStore blocks;
    private Search search;
    private FillBlocks fill;

    @BeforeAll
    void fill() throws Exception {
        url = TestDatabase.fresh();
        database = TestDatabases.open(url);
        blocks = new BlockStore(database, TestDatabases.bean(database, BlockRepository.class));
        blocks.now();
        fill = new FillBlocks(blocks, new SystemClock());
        search = new Search(
                blocks, new RunSearchStore(database, TestDatabases.bean(database, ListedRunRepository.class)));
        insert("anna", 400);
        insert("ben", 90);
        insertByTime("dora", 9_000);
        while (fill.fill(Instant.now().plusSeconds(60))) {}
    }

    @AfterAll
    void close() throws Exception {
        fill.close();
        database.close();
    }

    /// Every third failed, every seventh speaks of a winch, and of the fifth to last on some have not ended.
    private void insert(String tenant, int many) {
        TestDatabase.execute(url, """
                INSERT INTO runs (tenant, id, thread, kind, agent, revision, epoch, state, seq, steps, cost, input_tokens,
                  output_tokens, created_at, ended_at, created, ended, waiting, requester)
                SELECT '%1$s', i, i, 'agent', 'agent' || n %% 4, 1, 1,
                  (CASE WHEN n %% 50 = 7 THEN 'waiting' WHEN n %% 3 = 0 THEN 'failed' ELSE 'succeeded' END)::run_state, 2, 1,
                  n * 10, n, 1, t, CASE WHEN n %% 50 <> 7 THEN t + n * interval '1 ms' END,
                  '{"input":[{"role":"user","content":"' || CASE WHEN n %% 35 = 0 THEN 'the \\u0077inch of '
                    WHEN n %% 14 = 0 THEN 'the WÍNCH of ' WHEN n %% 7 = 0 THEN 'the winch of ' ELSE 'hello ' END || n || '"}]}',
                  CASE WHEN n %% 50 = 7 THEN NULL WHEN n %% 3 = 0
                    THEN '{"error":{"code":"' || CASE WHEN n %% 2 = 0 THEN 'limit_steps' ELSE 'timeout' END || '","message":"it broke"}}'
                    ELSE '{"output":"fine ' || n || '"}' END,
                  CASE WHEN n %% 50 = 7 THEN 'approval' END, 'key' || n %% 2
                FROM (SELECT n, ('0195' || lpad(to_hex(n), 8, '0') || '7000800000000000%3$s')::uuid AS i,
                    now() - interval '1 day' + n * interval '1 s' AS t FROM generate_series(1, %2$d) n) x""".formatted(tenant, many, tenant.equals("anna") ? "0001" : "0002"));
    }

    /// More than a request looks at, ten minutes apart, with ids that begin with their time.
    private void insertByTime(String tenant, int many) {
        TestDatabase.execute(url, """
                INSERT INTO runs (tenant, id, thread, kind, agent, revision, epoch, state, seq, steps, cost, input_tokens,
                  output_tokens, created_at, ended_at, created, ended)
                SELECT '%1$s', i, i, 'agent', 'agent', 1, 1, 'succeeded', 2, 1, n, n, 1, t, t, '{}', '{}'
                FROM (SELECT n, t, (lpad(to_hex((extract(epoch FROM t) * 1000)::bigint), 12, '0') || '70008000'
                    || lpad(to_hex(n), 12, '0'))::uuid AS i
                  FROM (SELECT n, now() - (%2$d - n) * interval '10 min' - interval '1 day' AS t
                    FROM generate_series(1, %2$d) n) y) x""".formatted(tenant, many));
    }

    private static SearchQuery query(String text, Map<Property, String> equal, @Nullable Figure sort) {
        return new SearchQuery(text, equal, Map.of(), null, null, null, sort);
    }

    private List<Integer> all(TenantId tenant, SearchQuery query, int limit) {
        var found = new ArrayList<Integer>();
        String after = null;
        do {
            var page = search.find(tenant, query, after, limit);
            page.data().forEach(run -> found.add(number(run)));
            assertThat(found).hasSizeLessThanOrEqualTo(400);
            after = page.nextCursor();
        } while (after != null);
        return found;
    }

    private static int number(FoundRun run) {
        return (int) (run.tokens() - 1);
    }

    private static List<Integer> numbers(int most, java.util.function.IntPredicate which) {
        return java.util.stream.IntStream.rangeClosed(1, most)
                .map(n -> most + 1 - n)
                .filter(which)
                .boxed()
                .toList();
    }

    @Test
    void most_runs_are_in_blocks_and_none_is_missed_or_shown_twice() {
        assertThat(blocks.runs(ANNA)).isGreaterThan(300);
        assertThat(all(ANNA, query("", Map.of(), null), 50)).isEqualTo(numbers(400, n -> true));
        assertThat(all(BEN, query("", Map.of(), null), 7)).isEqualTo(numbers(90, n -> true));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "20", "200"})
    void pages_of_any_size_say_what_reading_all_would_say(int limit) {
        assertThat(all(ANNA, query("winch", Map.of(), null), limit)).isEqualTo(numbers(400, n -> n % 7 == 0));
        assertThat(all(ANNA, query("WIN", Map.of(Property.STATE, "failed"), null), limit))
                .isEqualTo(numbers(400, n -> n % 21 == 0 && n % 50 != 7));
        assertThat(all(ANNA, query("", Map.of(Property.ERROR, "limit_steps"), null), limit))
                .isEqualTo(numbers(400, n -> n % 6 == 0 && n % 50 != 7));
        assertThat(all(ANNA, query("", Map.of(Property.STATE, "waiting"), null), limit))
                .isEqualTo(numbers(400, n -> n % 50 == 7));
        assertThat(all(ANNA, query("winch", Map.of(Property.WAITING, "approval"), null), limit))
                .isEqualTo(numbers(400, n -> n % 50 == 7 && n % 7 == 0));
        assertThat(all(ANNA, query("nowhere", Map.of(), null), limit)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4", "60"})
    void a_list_sorted_by_a_figure_begins_with_the_greatest(int limit) {
        assertThat(all(ANNA, query("", Map.of(), Figure.COST), limit)).isEqualTo(numbers(400, n -> true));
        assertThat(all(ANNA, query("", Map.of(Property.AGENT, "agent3"), Figure.TOKENS), limit))
                .isEqualTo(numbers(400, n -> n % 4 == 3));
        assertThat(all(ANNA, query("winch", Map.of(), Figure.DURATION), limit))
                .isEqualTo(numbers(400, n -> n % 7 == 0 && n % 50 != 7));
    }

    @Test
    void figures_and_times_bound_what_is_found() {
        var costs = new SearchQuery(
                "", Map.of(), Map.of(Figure.COST, new SearchQuery.Span(500, 700)), null, null, null, null);
        assertThat(all(ANNA, costs, 20)).isEqualTo(numbers(400, n -> n >= 50 && n <= 70));
        var none = new SearchQuery(
                "",
                Map.of(),
                Map.of(Figure.COST, new SearchQuery.Span(1_000_000, Long.MAX_VALUE)),
                null,
                null,
                null,
                null);
        assertThat(all(ANNA, none, 20)).isEmpty();
    }

    @Test
    void two_words_are_found_where_one_run_has_both() {
        assertThat(all(ANNA, query("winch 14", Map.of(), null), 5)).containsExactly(14);
        assertThat(all(ANNA, query("winch of fine", Map.of(), null), 50))
                .isEqualTo(numbers(400, n -> n % 7 == 0 && n % 3 != 0 && n % 50 != 7));
        assertThat(search.find(ANNA, query("winch hello", Map.of(), null), null, 50))
                .isEqualTo(new Search.Found(List.of(), null));
    }

    @Test
    void blocks_of_an_earlier_version_are_read_as_before() {
        TestDatabase.execute(
                url,
                "UPDATE search_blocks SET words = ts_delete(strip(words), 'is=placed') WHERE tenant = 'anna' AND"
                        + " last < (SELECT last FROM search_blocks WHERE tenant = 'anna' ORDER BY last DESC OFFSET 2 LIMIT 1)");
        pages_of_any_size_say_what_reading_all_would_say(20);
        two_words_are_found_where_one_run_has_both();
    }

    @Test
    void times_long_ago_are_on_the_first_page() {
        var now = Instant.now().minus(Duration.ofDays(1));
        var days = new SearchQuery(
                "", Map.of(), Map.of(), null, now.minus(Duration.ofDays(60)), now.minus(Duration.ofDays(59)), null);
        var found = search.find(new TenantId("dora"), days, null, 200);
        assertThat(found.data()).hasSizeBetween(143, 145);
        assertThat(found.nextCursor()).isNull();
        assertThat(search.count(new TenantId("dora"), days))
                .isEqualTo(new Search.Count(found.data().size(), true));
        var always = new SearchQuery(
                "", Map.of(), Map.of(), null, Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"), null);
        assertThat(search.find(new TenantId("dora"), always, null, 200).data()).hasSize(200);
    }

    @Test
    void what_nothing_matches_is_known_without_reading_a_run() {
        assertThat(search.find(new TenantId("dora"), query("", Map.of(Property.AGENT, "other"), null), null, 50))
                .isEqualTo(new Search.Found(List.of(), null));
    }

    @Test
    void counts_are_those_of_the_list() {
        assertThat(search.count(ANNA, query("", Map.of(), null))).isEqualTo(new Search.Count(400, true));
        assertThat(search.count(ANNA, query("winch", Map.of(), null))).isEqualTo(new Search.Count(57, true));
        assertThat(search.count(ANNA, query("", Map.of(Property.STATE, "waiting"), null)))
                .isEqualTo(new Search.Count(8, true));
    }

    @Test
    void no_run_of_another_tenant_is_found_by_words_or_by_its_id() {
        String foreign = "01950000-0001-7000-8000-000000000002";
        assertThat(search.find(BEN, query(foreign, Map.of(), null), null, 10).data())
                .extracting(FoundRun::run)
                .containsExactly(UUID.fromString(foreign));
        assertThat(search.find(ANNA, query(foreign, Map.of(), null), null, 10).data())
                .isEmpty();
        assertThat(search.find(new TenantId("carl"), query("winch", Map.of(), null), null, 10)
                        .data())
                .isEmpty();
    }

    @Test
    void run_that_ends_after_its_block_was_made_is_found_by_how_it_ended() {
        TestDatabase.execute(url, """
                UPDATE runs SET state = 'failed', ended_at = now(), waiting = NULL, ended = '{"error":{"code":"late","message":"a late albatross"}}'
                WHERE tenant = 'ben' AND input_tokens = 7""");
        assertThat(all(BEN, query("albatross", Map.of(), null), 5)).containsExactly(7);

        fill.fill(Instant.now());

        assertThat(all(BEN, query("albatross", Map.of(Property.ERROR, "late"), null), 5))
                .containsExactly(7);
        assertThat(blocks.stale(10)).isEmpty();
    }
}
