package dev.wheelhouse.signals;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// What was sent to a run goes with it.
@Singleton
final class ForgetSignals implements Runs.About {

    private final Database database;
    private final SignalRepository signals;

    ForgetSignals(Database database, SignalRepository signals) {
        this.database = database;
        this.signals = signals;
    }

    @Override
    public void forget(TenantId tenant, List<UUID> runs) {
        database.as(tenant, () -> signals.deleteByRunIn(runs));
    }
}
