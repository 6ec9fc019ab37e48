package dev.wheelhouse.usage;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The front door: reports of what a tenant's runs have used.
@Singleton
public final class Usages {

    /// So many runs, or calls of models, are added up for one report.
    static final int MOST = 200_000;

    /// So many rows has a report at most.
    static final int MOST_ROWS = 5_000;

    /// @param rows by time, then by name
    /// @param isExact false where there was more than one report adds up; it is the newest that counts then
    public record Report(List<Used> rows, boolean isExact) {}

    /// How far clocks of replicas may be apart, by which ids of runs are made.
    private static final Duration APART = Duration.ofMinutes(1);

    /// A model is asked this long after its run began at most, as far as reports look.
    private static final Duration LONGEST = Duration.ofDays(31);

    private final Database database;
    private final UsageRepository usages;

    Usages(Database database, UsageRepository usages) {
        this.database = database;
        this.usages = usages;
    }

    /// Throws `bad_request` where its time ends before it begins, or it would have more rows than a reader can use.
    public Report report(TenantId tenant, UsageQuery query) {
        if (!query.from().isBefore(query.to())) {
            String message = "from is %s, not before to, which is %s".formatted(query.from(), query.to());
            String hint = "Send a from that is earlier than to";
            throw new Problem(ErrorCode.BAD_REQUEST, message, hint, List.of(Problem.Mistake.at("from", message, hint)));
        }
        var rows = database.as(tenant, () -> used(query));
        if (rows.size() > MOST_ROWS) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The report would have more than %,d rows".formatted(MOST_ROWS),
                    "Ask for a shorter time or a longer bucket");
        }
        return new Report(rows, rows.stream().mapToLong(Used::runs).sum() < MOST);
    }

    private List<Used> used(UsageQuery query) {
        String bucket = query.bucket().word();
        var last = least(query.to().plus(APART));
        return query.by() == UsageQuery.By.MODEL
                ? usages.ofModels(
                        bucket, query.from(), query.to(), least(query.from().minus(LONGEST)), last, MOST, MOST_ROWS + 1)
                : usages.ofRuns(
                        query.by().word(),
                        bucket,
                        query.from(),
                        query.to(),
                        least(query.from().minus(APART)),
                        last,
                        MOST,
                        MOST_ROWS + 1);
    }

    /// The least id of a run that is made then.
    private static UUID least(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }
}
