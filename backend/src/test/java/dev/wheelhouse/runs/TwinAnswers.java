package dev.wheelhouse.runs;

import dev.wheelhouse.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the store of the simulation and that of Postgres answer, so that it can be compared: in one order, without what
/// differs by their nature.
final class TwinAnswers {

    /// Time passes by as much at once.
    static final Duration STEP = Duration.ofSeconds(60);

    private TwinAnswers() {}

    static <T> Object answer(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (DatabaseException e) {
            return "refused as " + (e.isDuplicate() ? "a duplicate" : e.getMessage());
        }
    }

    static Map<RunId, Boolean> told(Map<RunId, EngineStore.Written> written) {
        var told = new LinkedHashMap<RunId, Boolean>();
        written.forEach((run, at) -> told.put(run, at.frees()));
        return told;
    }

    /// To the step in which time passes: the clock of Postgres goes on meanwhile.
    static List<String> told(EngineStore.Claim claim) {
        var told = new ArrayList<>(told(claim.runs()));
        told.add("next lease "
                + (claim.next() == null ? null : claim.next().plusSeconds(5).dividedBy(STEP)));
        return told;
    }

    static List<String> told(List<EngineStore.Claimed> claimed) {
        return claimed.stream()
                .map(one -> one.run().id() + " " + one.run().epoch() + " "
                        + one.run().lastSeq() + " " + one.run().paused() + " " + one.reason() + " " + one.cancel())
                .sorted()
                .toList();
    }

    static List<EngineStore.Renewed> byRun(List<EngineStore.Renewed> renewed) {
        return renewed.stream()
                .sorted(Comparator.comparing(one -> one.run().value()))
                .toList();
    }

    static List<String> standing(List<Question.Status> standing) {
        return standing.stream()
                .map(one -> one.step() + " " + one.news() + " " + one.answer() + " "
                        + (one.leftMillis() == null ? null : one.leftMillis() > 0))
                .toList();
    }

    static List<String> read(Map<RunId, List<EngineStore.Stored>> logs) {
        return logs.entrySet().stream()
                .map(log -> log.getKey() + " "
                        + log.getValue().stream()
                                .map(e -> e.seq() + " " + e.type() + " " + e.step() + " " + e.data())
                                .toList())
                .sorted()
                .toList();
    }

    static List<String> ids(List<Run> children) {
        return children.stream()
                .map(run -> run.parent() + " " + run.id())
                .sorted()
                .toList();
    }

    static String letter(boolean value) {
        return value ? "t" : "f";
    }
}
