package dev.wheelhouse.simulation;

/// A computer of the world with one process on it.
public final class Host {

    private final String name;
    /// Where its steady clock stood when the world began: clocks of two computers cannot be compared.
    final long clock;
    private boolean dead;
    private long frozenUntil;

    Host(String name, long clock) {
        this.name = name;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    public boolean isDead() {
        return dead;
    }

    /// As after `kill -9`: from now on nothing happens here.
    public void kill() {
        dead = true;
    }

    /// As between SIGSTOP and SIGCONT: what is due here before that moment happens after it. The clock goes on.
    public void freezeUntil(long moment) {
        frozenUntil = Math.max(frozenUntil, moment);
    }

    long frozenUntil() {
        return frozenUntil;
    }

    @Override
    public String toString() {
        return name;
    }
}
