package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The engine's store as it is in production: each method is one statement of [EngineSql].
@Singleton
final class PostgresEngineStore implements EngineStore {

    private final Database database;

    PostgresEngineStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<RunId, Instant> create(List<Creation> creations) {
        var lists = new Columns<>(creations);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        EngineSql.CREATE,
                        row -> times.put(
                                new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "created_at")),
                        database.replica(),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.ids(Creation::thread),
                        lists.texts(Creation::agent),
                        lists.numbers(Creation::revision),
                        lists.texts(Creation::idempotencyKey),
                        lists.texts(Creation::requestHash),
                        lists.texts(Creation::metadata),
                        lists.texts(c -> c.epoch() > 0 ? "running" : "queued"),
                        lists.numbers(Creation::epoch),
                        lists.longs(Creation::dueMillis),
                        lists.texts(Creation::data));
        return times;
    }

    @Override
    public Map<RunId, Instant> created(List<Creation> creations) {
        var lists = new Columns<>(creations);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        EngineSql.CREATED,
                        row -> times.put(
                                new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "created_at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()));
        return times;
    }

    @Override
    public Map<RunId, Instant> commit(List<Commit> commits, long leaseMillis) {
        var lists = new Columns<>(commits);
        var entries = new ArrayList<Positioned>();
        commits.forEach(commit -> Positioned.addAll(commit, entries));
        var rows = new Columns<>(entries);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        EngineSql.COMMIT,
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.numbers(Commit::epoch),
                        lists.numbers(Commit::seqBefore),
                        lists.numbers(Commit::seqAfter),
                        lists.texts(c -> c.state().word()),
                        lists.longs(c -> c.state() == RunState.RUNNING
                                ? Long.valueOf(leaseMillis)
                                : c.due() == null ? null : c.due().toMillis()),
                        lists.texts(
                                c -> c.waiting() == null ? null : c.waiting().reason()),
                        lists.numbers(
                                c -> c.waiting() == null ? null : c.waiting().step()),
                        lists.numbers(Commit::steps),
                        lists.longs(c -> c.sum(Usage::inputTokens)),
                        lists.longs(c -> c.sum(Usage::cachedTokens)),
                        lists.longs(c -> c.sum(Usage::outputTokens)),
                        lists.longs(c -> c.sum(Usage::costMicroUnits)),
                        lists.texts(c -> c.hasUnknownCost() ? "t" : null),
                        lists.texts(Commit::ended),
                        rows.texts(p -> p.tenant().name()),
                        rows.ids(p -> p.run().value()),
                        rows.numbers(Positioned::seq),
                        rows.numbers(
                                p -> p.entry().step() == 0 ? null : p.entry().step()),
                        rows.texts(p -> p.entry().type()),
                        rows.texts(p -> p.entry().data()));
        return times;
    }

    @Override
    public Map<RunId, Instant> written(List<Commit> commits) {
        var lists = new Columns<>(commits);
        var times = new HashMap<RunId, Instant>();
        database.engine()
                .rows(
                        EngineSql.WRITTEN,
                        row -> times.put(new RunId(row.getObject("id", UUID.class)), RunStore.instant(row, "at")),
                        lists.texts(c -> c.tenant().name()),
                        lists.ids(c -> c.run().value()),
                        lists.numbers(Commit::epoch),
                        lists.numbers(Commit::seqAfter));
        return times;
    }

    @Override
    public List<Claimed> claim(int limit, long leaseMillis) {
        return database.engine()
                .rows(
                        EngineSql.CLAIM,
                        row -> new Claimed(
                                RunStore.run(row, null),
                                row.getString("reason"),
                                row.getLong("age"),
                                row.getBoolean("cancel")),
                        limit,
                        database.replica(),
                        leaseMillis);
    }

    @Override
    public List<Renewed> renew(Collection<CarryOnRun> runs, long leaseMillis) {
        var lists = new Columns<>(List.copyOf(runs));
        return database.lease()
                .rows(
                        EngineSql.RENEW,
                        row -> new Renewed(
                                new RunId(row.getObject("id", UUID.class)),
                                row.getInt("epoch"),
                                row.getBoolean("cancel")),
                        lists.texts(r -> r.run().tenant().name()),
                        lists.ids(r -> r.run().id().value()),
                        lists.numbers(CarryOnRun::epoch),
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

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new RunId(row.getObject("run", UUID.class)),
                row.getInt("seq"),
                RunStore.instant(row, "at"),
                row.getString("type"),
                row.getInt("step"),
                row.getString("data"));
    }

    private record Positioned(TenantId tenant, RunId run, int seq, Entry entry) {
        static void addAll(Commit commit, List<Positioned> into) {
            int seq = commit.seqBefore();
            for (var entry : commit.rows()) {
                into.add(new Positioned(commit.tenant(), commit.run(), ++seq, entry));
            }
        }
    }

    /// Turns a list of records into the columns that `unnest` takes.
    private record Columns<R>(List<R> rows) {
        @Nullable
        String[] texts(Function<R, @Nullable String> value) {
            return rows.stream().map(value).toArray(String[]::new);
        }

        @Nullable
        UUID[] ids(Function<R, @Nullable UUID> value) {
            return rows.stream().map(value).toArray(UUID[]::new);
        }

        @Nullable
        Integer[] numbers(Function<R, @Nullable Integer> value) {
            return rows.stream().map(value).toArray(Integer[]::new);
        }

        @Nullable
        Long[] longs(Function<R, @Nullable Long> value) {
            return rows.stream().map(value).toArray(Long[]::new);
        }
    }
}
