package dev.wheelhouse.threads;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.WaitingReason;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Threads and their turns, as the tenant that asks.
@Singleton
final class ThreadStore {

    private final Database database;
    private final ThreadRepository threads;

    ThreadStore(Database database, ThreadRepository threads) {
        this.database = database;
        this.threads = threads;
    }

    Optional<Conversation> find(TenantId tenant, UUID thread) {
        return database.as(tenant, () -> threads.find(thread)).map(row -> conversation(tenant, row));
    }

    /// `before` is the newest run (or the id, where there is none) of the thread that the page before ended with.
    Page<Conversation> list(TenantId tenant, Conversation.Shown shown, @Nullable UUID before, int limit) {
        var rows = database.as(tenant, () -> switch (shown) {
            case USUAL -> threads.list(Page.before(before), limit + 1);
            case PINNED -> threads.listPinned(Page.before(before), limit + 1);
            case ARCHIVED -> threads.listArchived(Page.before(before), limit + 1);
        });
        return Page.of(rows.stream().map(row -> conversation(tenant, row)).toList(), limit, ThreadStore::newest);
    }

    void change(TenantId tenant, Conversation thread, Conversation.Change change) {
        database.as(
                tenant,
                () -> threads.change(
                        thread.id(), thread.createdAt(), change.title(), change.pinned(), change.archived()));
    }

    void forget(TenantId tenant, UUID thread) {
        database.as(tenant, () -> threads.forget(thread));
    }

    Conversation.Spent spent(TenantId tenant, UUID thread) {
        return database.as(tenant, () -> threads.spent(thread));
    }

    List<Conversation.Branch> branches(TenantId tenant, UUID thread) {
        return database.as(tenant, () -> threads.branches(thread)).stream()
                .map(row -> new Conversation.Branch(
                        new RunId(row.run()), row.thread(), new RunId(row.origin()), row.createdAt()))
                .toList();
    }

    private static String newest(Conversation thread) {
        return thread.lastRun() == null
                ? thread.id().toString()
                : thread.lastRun().toString();
    }

    /// The new thread's row, or that of the one which this idempotency key made before.
    ThreadRepository.Row open(
            TenantId tenant, UUID id, String title, @Nullable String agent, @Nullable String idempotencyKey) {
        return database.as(tenant, () -> {
            if (threads.add(id, title, agent, idempotencyKey) == 0) {
                return threads.findByIdempotencyKey(idempotencyKey).orElseThrow();
            }
            threads.open(id);
            return new ThreadRepository.Row(tenant.name(), id, title, agent, idempotencyKey);
        });
    }

    /// Own SQL: each turn of a thread begins with it.
    List<Conversation.Turn> turns(TenantId tenant, UUID thread, @Nullable UUID before, int most) {
        return database.of(tenant)
                .rows("""
                SELECT * FROM (
                  SELECT r.run, r.created_at, r.ended_at, r.origin, r.said, r.answered,
                    r.state = 'cancelled' AND EXISTS (SELECT FROM turns n
                      WHERE n.tenant = r.tenant AND n.thread = r.thread AND n.thread <> n.run AND n.run > r.run
                        AND n.created_at <= r.ended_at AND n.interrupts) AS interrupted
                  FROM turns r
                  WHERE tenant = ? AND (run = ? OR (thread = ? AND thread <> run)) AND run < ?
                  ORDER BY run DESC LIMIT ?) newest
                ORDER BY run""", ThreadStore::turn, tenant.name(), thread, thread, Page.before(before), most);
    }

    private static Conversation.Turn turn(ResultSet row) throws SQLException {
        String answered = row.getString("answered");
        return new Conversation.Turn(
                new RunId(row.getObject("run", UUID.class)),
                Json.read(row.getString("said")).path("input").toString(),
                answered == null ? null : Json.read(answered).path("output").asText(),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "ended_at"),
                Run.Origin.read(row.getString("origin")),
                row.getBoolean("interrupted"));
    }

    private static Conversation conversation(TenantId tenant, ThreadRepository.Shown row) {
        return new Conversation(
                row.id(),
                tenant,
                row.title().isEmpty() && row.said() != null
                        ? title(Json.read(row.said()).path("input").toString())
                        : row.title(),
                row.agent(),
                row.createdAt(),
                row.updatedAt(),
                row.lastRun() == null ? null : new RunId(row.lastRun()),
                row.lastState() == null ? null : RunState.of(row.lastState()),
                row.openRun() == null ? null : new RunId(row.openRun()),
                row.waiting() == null ? null : WaitingReason.of(row.waiting()),
                new Conversation.Mark(row.pinned(), row.archived()));
    }

    /// What a thread is named after: the beginning of the first thing a person said.
    private static String title(String input) {
        for (var message : Json.read(input)) {
            if (message.path("role").asText().equals("user")) {
                return Text.shorten(message.path("content").asText().strip().replaceAll("\\s+", " "), 80);
            }
        }
        return "";
    }
}
