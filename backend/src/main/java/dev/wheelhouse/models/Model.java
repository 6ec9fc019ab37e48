package dev.wheelhouse.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alias as agents name it, and the targets behind it in the order in which they are tried.
public record Model(String alias, boolean demo, List<Target> targets) {

    /// `state` is `ready`, or `cooling` after too many failures in a row.
    public record Target(
            String provider,
            String name,
            @Nullable String url,
            String state,
            @Nullable Prices prices) {}
}
