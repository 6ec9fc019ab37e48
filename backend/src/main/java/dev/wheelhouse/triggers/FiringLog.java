package dev.wheelhouse.triggers;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What became of webhooks, for who looks at them: written down in batches beside the answers, because no run depends
/// on it. What a replica has not written when it dies is missing in the list, not the run.
@Singleton
final class FiringLog {

    private static final Logger LOG = LoggerFactory.getLogger(FiringLog.class);
    private static final int MOST = 10_000;
    private static final int AT_ONCE = 500;

    private final Database database;
    private final AllFiringsRepository firings;
    private final ArrayBlockingQueue<AllFiringsRepository.End> queue = new ArrayBlockingQueue<>(MOST);

    FiringLog(Database database, AllFiringsRepository firings) {
        this.database = database;
        this.firings = firings;
    }

    /// Where there are too many, the newest is left out.
    void add(AllFiringsRepository.End end) {
        if (!queue.offer(end)) {
            LOG.debug("A firing of {} is left out of the list: too many came at once.", end.trigger());
        }
    }

    void write() {
        var batch = new ArrayList<AllFiringsRepository.End>();
        while (queue.drainTo(batch, AT_ONCE) > 0) {
            String ends = new Columns<>(batch).json();
            database.asEngine(() -> firings.addEnded(ends));
            batch.clear();
        }
    }

    void writeLast() {
        try {
            write();
        } catch (DatabaseException | Problem e) {
            LOG.debug("The last firings are not in the list.", e);
        }
    }
}
