package dev.wheelhouse.models;

import org.jspecify.annotations.Nullable;

/// The most that a call by an alias can cost, whichever of its targets answers. `dearest` is null where a target has no
/// price and the operator wants calls with a bounded cost refused.
public record Ceiling(int outputTokens, @Nullable Prices dearest) {}
