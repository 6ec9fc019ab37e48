package dev.wheelhouse.approvals;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks, lists and decides.
@Singleton
public final class Approvals {

    private final ApprovalStore store;

    Approvals(ApprovalStore store) {
        this.store = store;
    }

    /// Opens the questions that are not open yet, expires those whose time is over, and says how each stands. Asking
    // the
    /// same again changes nothing. All of one run; nothing is answered where the run has another owner by now.
    public List<Asked.Standing> ask(List<Asked> asked) {
        return store.ask(asked);
    }

    /// The one word that counts. False where the question is no longer open: then nothing has changed.
    ///
    /// @param state `approved`, `rejected` or `edited`
    /// @param answer JSON text, what the step's output becomes
    public boolean decide(TenantId tenant, UUID approval, String state, String answer, @Nullable String by) {
        return store.decide(tenant, approval, state, answer, by);
    }

    /// Closes what the run still asks, because it has ended.
    public void withdraw(TenantId tenant, UUID run) {
        store.withdraw(tenant, run);
    }
}
