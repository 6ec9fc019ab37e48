package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What stands in the label `tenant`: the tenant, or `other` where it has no series of its own. Whoever works first
/// after a start is most often who works most; a label never changes while the process lives, for a counter that
/// moved to another series would look as if it had been set back.
@Singleton
final class TenantLabels {

    static final String OTHER = "other";

    private final Map<TenantId, String> known = new ConcurrentHashMap<>();
    private final int most;

    TenantLabels(MetricsConfig config) {
        most = config.most();
    }

    String of(TenantId tenant) {
        String label = known.get(tenant);
        return label == null ? admit(tenant) : label;
    }

    /// Whoever is not admitted is not remembered either. A tenant called `other` is one of the others: it would read
    /// what all of them do as its own.
    private synchronized String admit(TenantId tenant) {
        String label = known.get(tenant);
        if (label == null && known.size() < most && !tenant.name().equals(OTHER)) {
            label = tenant.name();
            known.put(tenant, label);
        }
        return label == null ? OTHER : label;
    }
}
