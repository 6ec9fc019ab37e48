package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;

/// What the engine lends to a step while it is performed.
public interface StepContext {

    TenantId tenant();

    RunId run();

    int step();

    /// That of the claim under which the step is performed.
    int epoch();

    /// Counts from 1; more than 1 after a takeover in mid-step.
    int attempt();

    /// The same for every attempt at this step and for no other step: what a keyed effect hands to its resource.
    String idempotencyKey();

    /// Shows text as it comes to whoever watches; not stored. The committed output has the whole of it.
    void delta(String text);

    /// What [#delta] has shown does not count: the text begins from its beginning.
    void reset();

    /// Throws LostRunException where another replica may own the run by now, or it was cancelled; call it right
    /// before an effect.
    void ensureOwned();
}
