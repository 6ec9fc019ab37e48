package dev.wheelhouse.feedback;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes what people say of runs, and finds it again.
@Singleton
public final class Feedback implements Runs.About {

    private static final int MOST_RATED = 2_000;

    private final Database database;
    private final FeedbackRepository verdicts;

    Feedback(Database database, FeedbackRepository verdicts) {
        this.database = database;
        this.verdicts = verdicts;
    }

    /// Replaces what the author said of the run before.
    public Verdict put(Run run, String author, Rating rating, String comment) {
        var id = run.id().value();
        return database.as(run.tenant(), () -> {
            verdicts.put(id, author, run.thread(), rating.word(), Text.storable(comment));
            return verdict(verdicts.findByRunAndAuthor(id, author).orElseThrow());
        });
    }

    /// Nothing happens where the author has said nothing.
    public void remove(Run run, String author) {
        database.as(run.tenant(), () -> verdicts.remove(run.id().value(), author));
    }

    /// Newest runs first; null for every thread or rating.
    public List<Verdict> list(TenantId tenant, @Nullable UUID thread, @Nullable Rating rating, int skip, int most) {
        var rows = database.as(tenant, () -> verdicts.list(thread, rating == null ? null : rating.word(), skip, most));
        return rows.stream().map(Feedback::verdict).toList();
    }

    private static Verdict verdict(FeedbackRepository.Row row) {
        return new Verdict(row.run(), row.thread(), row.author(), Rating.of(row.rating()), row.comment(), row.at());
    }

    /// The newest 2,000 runs of which somebody said this.
    public List<UUID> rated(TenantId tenant, Rating rating) {
        return database.as(tenant, () -> verdicts.rated(rating.word(), MOST_RATED));
    }

    @Override
    public void forget(TenantId tenant, List<UUID> runs) {
        database.as(tenant, () -> verdicts.deleteByRunIn(runs));
    }
}
