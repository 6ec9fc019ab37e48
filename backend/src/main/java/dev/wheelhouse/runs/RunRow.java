package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.ColumnTable;
import dev.wheelhouse.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The columns of the table of runs, each told once: who writes it, and that it is read. The statements of [EngineSql]
/// and [RunStore] are made from these tables.
final class RunRow {

    private RunRow() {}

    /// What is written with the run and never changes.
    static final ColumnTable<Creation> GIVEN = ColumnTable.<Creation>empty()
            .text("tenant", c -> c.tenant().name())
            .id("id", c -> c.run().value())
            .id("thread", Creation::thread)
            .text("kind", c -> c.wanted().program().kind())
            .text("agent", c -> c.wanted().program().name())
            .number("revision", c -> c.wanted().program().revision())
            .text("idempotency_key", Creation::idempotencyKey)
            .text("request", Creation::requestHash)
            .text("metadata", Creation::metadata)
            .id("key_id", c -> c.wanted().asker().key())
            .text("requester", c -> c.wanted().asker().requester())
            .text("user_id", c -> c.wanted().asker().user())
            .text("trace", c -> c.wanted().asker().trace())
            .text("origin", c -> json(c.wanted().origin()))
            .id("parent", c -> c.parent() == null ? null : c.parent().run().value())
            .number("parent_step", c -> c.parent() == null ? null : c.parent().step())
            .number("depth", c -> c.parent() == null ? null : c.parent().depth())
            .text("created", Creation::data);

    /// What each commit writes anew.
    static final ColumnTable<Commit> CHANGED = ColumnTable.<Commit>empty()
            .number("seq", Commit::seqAfter)
            .word("state", "run_state", c -> c.state().word())
            .text(
                    "waiting",
                    c -> c.waiting() == null ? null : c.waiting().reason().word())
            .number(
                    "waiting_step",
                    c -> c.waiting() == null ? null : c.waiting().step())
            .number("steps", Commit::steps)
            .longNumber("input_tokens", c -> c.sum(Usage::inputTokens))
            .longNumber("cached_tokens", c -> c.sum(Usage::cachedTokens))
            .longNumber("output_tokens", c -> c.sum(Usage::outputTokens))
            .longNumber("cost", c -> c.sum(Usage::costMicroUnits))
            .flag("cost_unknown", Commit::hasUnknownCost)
            .text("ended", Commit::ended)
            .word("last_type", "event_type", Commit::lastType)
            .number("last_step", Commit::lastStep)
            .text("last", Commit::lastData);

    /// What [#read] needs of a row.
    static final String READ = String.join(
            ", ",
            GIVEN.names(Set.of("idempotency_key", "request", "created")),
            CHANGED.names(Set.of("last_type", "last_step", "last")),
            "due_at, replica, epoch, created_at, started_at, ended_at, paused, behind");

    private static @Nullable String json(Run.@Nullable Origin origin) {
        return origin == null ? null : origin.json();
    }

    /// The run with what its first event says, where that was read as well.
    static Run whole(ResultSet row) throws SQLException {
        return read(row).withCreated(row.getString("created"));
    }

    /// The run without what stands in its first event.
    static Run read(ResultSet row) throws SQLException {
        String metadata = row.getString("metadata");
        var asker = new Run.Asker(
                row.getString("requester"),
                row.getObject("key_id", UUID.class),
                row.getString("user_id"),
                row.getString("trace"));
        return new Run(
                new RunId(row.getObject("id", UUID.class)),
                new TenantId(row.getString("tenant")),
                new Program.Pin(row.getString("kind"), row.getString("agent"), row.getInt("revision")),
                row.getObject("thread", UUID.class),
                new Run.Request(null, null, null, metadata == null ? "{}" : metadata, asker),
                lineage(row),
                status(row),
                new Run.Place(row.getString("replica"), row.getInt("epoch")),
                new Run.Totals(row.getInt("steps"), row.getInt("seq"), usage(row)),
                new Run.Times(Sql.instant(row, "created_at"), startedAt(row), Sql.instantOrNull(row, "ended_at")));
    }

    private static Run.Lineage lineage(ResultSet row) throws SQLException {
        var origin = Run.Origin.read(row.getString("origin"));
        var parent = row.getObject("parent", UUID.class);
        if (parent == null) {
            return origin == null ? Run.Lineage.NONE : new Run.Lineage(origin, null);
        }
        return new Run.Lineage(
                origin, new Run.Parent(new RunId(parent), row.getInt("parent_step"), row.getInt("depth")));
    }

    private static Run.Status status(ResultSet row) throws SQLException {
        var state = RunState.of(row.getString("state"));
        String ended = row.getString("ended");
        var answer = state == RunState.SUCCEEDED ? Json.read(ended) : null;
        return new Run.Status(
                state,
                waiting(row),
                answer == null ? null : answer.path("output").asText(),
                answer == null || !answer.has("structuredOutput") ? null : Json.write(answer.get("structuredOutput")),
                state == RunState.FAILED
                        ? EventData.failure(Json.write(Json.read(ended).path("error")))
                        : null,
                answer != null && answer.path("truncated").asBoolean(),
                row.getBoolean("paused") && !state.isEnded(),
                row.getBoolean("behind"));
    }

    private static Run.@Nullable Waiting waiting(ResultSet row) throws SQLException {
        String reason = row.getString("waiting");
        return reason == null
                ? null
                : new Run.Waiting(
                        WaitingReason.of(reason), Sql.instantOrNull(row, "due_at"), row.getInt("waiting_step"));
    }

    /// A run that began when it was created has no time of its own for that.
    private static @Nullable Instant startedAt(ResultSet row) throws SQLException {
        var at = Sql.instantOrNull(row, "started_at");
        return at == null && row.getInt("epoch") > 0 && row.getString("replica") != null
                ? Sql.instant(row, "created_at")
                : at;
    }

    private static Usage usage(ResultSet row) throws SQLException {
        Long cost = row.getBoolean("cost_unknown") ? null : Long.valueOf(row.getLong("cost"));
        return new Usage(row.getLong("input_tokens"), row.getLong("cached_tokens"), row.getLong("output_tokens"), cost);
    }
}
