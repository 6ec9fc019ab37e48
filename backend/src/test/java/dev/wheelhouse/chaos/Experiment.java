package dev.wheelhouse.chaos;

/// One experiment: a load, faults, and figures with their bars. Stateless; everything it starts belongs to its world.
interface Experiment {

    /// As on the bar's list: `D1`.
    String name();

    /// In a few words, in lower case: `crash storm`.
    String title();

    /// Where the harness' own servers listen: another address only where replicas live in network namespaces.
    default String address() {
        return "127.0.0.1";
    }

    /// Runs it to its end. What is thrown counts as failed, like a figure that misses its bar.
    Figures run(World world) throws Exception;
}
