package dev.wheelhouse.approvals;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.Map;

/// Told what people decide, for metrics. Quick, never throwing.
public interface ApprovalListener {

    /// Somebody edited a question, so that another one is open. What runs ask, [dev.wheelhouse.runs.RunListener] hears.
    default void opened(TenantId tenant, String kind) {}

    /// `outcome` is a decision or `edited`.
    default void decided(TenantId tenant, String kind, String outcome, Duration waited) {}

    /// What a tenant has open.
    ///
    /// @param oldestSeconds for how long the oldest of them has been
    record Open(long count, double oldestSeconds) {}

    /// What is open now, over all replicas; tenants without any are left out.
    default void open(Map<TenantId, Open> counts) {}
}
