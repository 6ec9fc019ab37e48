package dev.wheelhouse.models;

/// Micro-units of USD per million tokens, as of `version` (a date).
public record Prices(String version, long input, long cachedInput, long output) {

    private static final long MILLION = 1_000_000;

    /// Cost in micro-units, rounded up: what was used is never free by rounding.
    public long cost(TokenUse use) {
        long fresh = Math.max(0, use.input() - use.cached());
        long sum = fresh * input + use.cached() * cachedInput + use.output() * output;
        return (sum + MILLION - 1) / MILLION;
    }
}
