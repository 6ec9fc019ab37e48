package dev.wheelhouse.runs;

/// The run is no longer ours to carry on: cancelled, taken over, or the lease may have run out. Stop at once.
public final class LostRunException extends RuntimeException {
    public LostRunException(String why) {
        super(why, null, false, false);
    }
}
