package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The engine's store as it is in production: each method is one statement of [EngineSql] or [QuestionStore].
@Singleton
final class PostgresEngineStore implements EngineStore {

    private final Database database;
    private final QuestionStore questions;
    private final BiPredicate<TenantId, Notice.Moment> isWatched;
    private final ClaimSpan span = new ClaimSpan();

    @Inject
    PostgresEngineStore(Database database, QuestionStore questions, Notices notices) {
        this(database, questions, notices::isWatched);
    }

    PostgresEngineStore(Database database, QuestionStore questions) {
        this(database, questions, (tenant, moment) -> false);
    }

    private PostgresEngineStore(
            Database database, QuestionStore questions, BiPredicate<TenantId, Notice.Moment> isWatched) {
        this.database = database;
        this.questions = questions;
        this.isWatched = isWatched;
    }

    @Override
    public Map<RunId, Instant> create(List<Creation> creations) {
        var arguments = new ArrayList<@Nullable Object>();
        arguments.add(database.replica());
        EngineSql.CREATIONS.bind(creations, arguments);
        return times(noted(EngineSql.CREATE, creations, arguments), arguments);
    }

    @Override
    public Map<RunId, Instant> createBehind(List<Creation> creations) {
        var arguments = new ArrayList<@Nullable Object>();
        EngineSql.CREATIONS_BEHIND.bind(creations, arguments);
        EngineSql.ENTRIES.bind(EngineSql.Positioned.kept(creations), arguments);
        return times(noted(EngineSql.CREATE_BEHIND, creations, arguments), arguments);
    }

    private String noted(String sql, List<Creation> creations, List<@Nullable Object> arguments) {
        var those = creations.stream()
                .filter(creation -> isWatched.test(creation.tenant(), Notice.Moment.CREATED))
                .toList();
        if (those.isEmpty()) {
            return sql;
        }
        var lists = new Columns<>(those);
        arguments.add(lists.texts(c -> c.tenant().name()));
        arguments.add(lists.ids(c -> c.run().value()));
        return sql + EngineSql.NOTE_CREATED;
    }

    private Map<RunId, Instant> times(String sql, List<@Nullable Object> arguments) {
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        sql,
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), Sql.instant(row, "created_at")),
                        arguments.toArray());
        return times;
    }

    @Override
    public Map<RunId, Instant> created(List<Creation> creations) {
        var lists = new Columns<>(creations);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        EngineSql.CREATED,
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), Sql.instant(row, "created_at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()));
        return times;
    }

    @Override
    public Map<RunId, Written> commit(List<Commit> commits, long leaseMillis) {
        var arguments = new ArrayList<@Nullable Object>();
        arguments.add(leaseMillis);
        EngineSql.COMMITS.bind(commits, arguments);
        EngineSql.ENTRIES.bind(EngineSql.Positioned.of(commits), arguments);
        boolean withdraws = addIds(Commit::withdraws, commits, arguments);
        boolean tellsParents = addIds(Commit::endsChild, commits, arguments);
        boolean notes = addIds(this::isNoted, commits, arguments);
        var written = new HashMap<RunId, Written>();
        database.engine()
                .rows(
                        EngineSql.commit(withdraws, tellsParents, notes),
                        row -> written.put(
                                new RunId(row.getObject("id", UUID.class)),
                                new Written(Sql.instant(row, "at"), row.getBoolean("frees"))),
                        arguments.toArray());
        return written;
    }

    private boolean isNoted(Commit commit) {
        if (commit.state().isEnded()) {
            return isWatched.test(commit.tenant(), Notice.Moment.ENDED);
        }
        return commit.waiting() != null
                && commit.waiting().reason().isIdle()
                && isWatched.test(commit.tenant(), Notice.Moment.WAITING);
    }

    /// Adds the runs of those commits to the arguments; says whether there are any.
    private static boolean addIds(Predicate<Commit> which, List<Commit> commits, List<@Nullable Object> arguments) {
        var those = commits.stream().filter(which).toList();
        if (those.isEmpty()) {
            return false;
        }
        var lists = new Columns<>(those);
        arguments.add(lists.texts(c -> c.tenant().name()));
        arguments.add(lists.ids(c -> c.run().value()));
        return true;
    }

    @Override
    public Map<RunId, Written> written(List<Commit> commits) {
        var lists = new Columns<>(commits);
        var found = new HashMap<RunId, Written>();
        database.engine()
                .rows(
                        EngineSql.WRITTEN,
                        row -> found.put(
                                new RunId(row.getObject("id", UUID.class)), new Written(Sql.instant(row, "at"), true)),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.numbers(Commit::epoch),
                        lists.numbers(Commit::seqAfter));
        return found;
    }

    @Override
    public Claim claim(int limit, @Nullable Set<String> kinds, long leaseMillis) {
        boolean hasMoreToPutOff = span.isWhole()
                && database.engine()
                                .rows(EngineSql.PUT_OFF, row -> true, EngineSql.PUT_OFF_AT_ONCE)
                                .size()
                        == EngineSql.PUT_OFF_AT_ONCE;
        String[] known = kinds == null ? null : kinds.toArray(String[]::new);
        String since = span.begin();
        var rows = database.engine()
                .rows(EngineSql.CLAIM, this::claimed, known, since, limit, limit, database.replica(), leaseMillis);
        if (hasMoreToPutOff) {
            span.forget();
        }
        var runs = rows.stream().flatMap(claim -> claim.runs().stream()).toList();
        return new Claim(runs, rows.getFirst().next());
    }

    private Claim claimed(ResultSet row) throws SQLException {
        span.end(Sql.instant(row, "at"), row.getString("since"));
        long left = row.getLong("next");
        var next = row.wasNull() ? null : Duration.ofMillis(left);
        if (row.getObject("id") == null) {
            return new Claim(List.of(), next);
        }
        var claimed = new Claimed(
                RunRow.read(row), Due.of(row.getString("reason")), row.getLong("age"), row.getBoolean("cancel"));
        return new Claim(List.of(claimed), next);
    }

    @Override
    public List<Renewed> renew(Collection<Run> runs, long leaseMillis) {
        var lists = new Columns<>(List.copyOf(runs));
        return database.lease()
                .rows(
                        EngineSql.RENEW,
                        row -> new Renewed(
                                new RunId(row.getObject("id", UUID.class)),
                                row.getInt("epoch"),
                                row.getBoolean("cancel"),
                                row.getBoolean("paused"),
                                row.getBoolean("nudged")),
                        lists.texts(r -> r.tenant().name()),
                        lists.ids(r -> r.id().value()),
                        lists.numbers(Run::epoch),
                        leaseMillis);
    }

    @Override
    public List<Stored> log(TenantId tenant, RunId run) {
        return database.engine()
                .rows(
                        "SELECT run, seq, at, type, step, data FROM log WHERE tenant = ? AND run = ? ORDER BY seq",
                        PostgresEngineStore::stored,
                        tenant.name(),
                        run.value());
    }

    @Override
    public Map<RunId, List<Stored>> logs(List<Run> runs) {
        var lists = new Columns<>(runs);
        return database
                .engine()
                .rows(
                        EngineSql.LOGS,
                        PostgresEngineStore::stored,
                        lists.texts(r -> r.tenant().name()),
                        lists.ids(r -> r.id().value()))
                .stream()
                .collect(Collectors.groupingBy(Stored::run));
    }

    @Override
    public List<Stored> added(List<LiveRun> runs) {
        var lists = new Columns<>(runs);
        return database.engine()
                .rows(
                        EngineSql.ADDED,
                        PostgresEngineStore::stored,
                        lists.texts(r -> r.tenant().name()),
                        lists.ids(r -> r.run().value()),
                        lists.numbers(LiveRun::seq));
    }

    @Override
    public int free() {
        return database.engine().rows(EngineSql.FREE, row -> true).size();
    }

    @Override
    public List<Question.Status> ask(List<Question> asked) {
        return questions.ask(asked);
    }

    @Override
    public List<Run> children(TenantId tenant, RunId parent, List<Integer> steps) {
        return database.engine()
                .rows(EngineSql.CHILDREN, RunRow::read, tenant.name(), parent.value(), steps.toArray(Integer[]::new));
    }

    @Override
    public void awaitReady() {
        database.engine();
    }

    @Override
    public String replica() {
        return database.replica();
    }

    /// How many replicas have connections now, this one among them.
    int replicas() {
        return database.engine().one(EngineSql.REPLICAS, row -> row.getInt("n")).orElse(1);
    }

    void notify(String channel, String payload) {
        database.engine().rows("SELECT pg_notify(?, ?)", row -> true, channel, payload);
    }

    static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new RunId(row.getObject("run", UUID.class)),
                row.getInt("seq"),
                Sql.instant(row, "at"),
                EventType.of(row.getString("type")),
                row.getInt("step"),
                row.getString("data"));
    }
}
