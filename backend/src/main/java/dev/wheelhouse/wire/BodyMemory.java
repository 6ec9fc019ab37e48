package dev.wheelhouse.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/// What all connections together hold of requests that have not come as a whole yet.
///
/// Three quarters are for large bodies of callers whose credentials are valid: who finds no room waits, and is not read
/// meanwhile. One quarter is for everybody else, small bodies and pieces of heads among them: there the one that has
/// held its piece for longest gives way, so that a request that comes at an ordinary pace always gets through, however
/// many others have stopped in the middle.
final class BodyMemory {

    private final long mostKnown;
    private final long mostOthers;
    private final LinkedHashSet<Share> others = new LinkedHashSet<>();
    private final ArrayDeque<Share> waiting = new ArrayDeque<>();
    private long known;
    private long held;

    BodyMemory(long bytes) {
        mostOthers = bytes / 4;
        mostKnown = bytes - mostOthers;
    }

    /// One connection's part, used by one thread at a time.
    final class Share {

        private final Runnable granted;
        private final Runnable givesWay;
        private int bytes;
        private int reserved;
        private boolean hasGivenWay;

        private Share(Runnable granted, Runnable givesWay) {
            this.granted = granted;
            this.givesWay = givesWay;
        }

        /// So many bytes are held by a caller who is not known.
        void hold(int now) {
            oldestGiveWay(this, now).forEach(share -> share.givesWay.run());
        }

        /// Room for a known caller. False where there is none yet: then `granted` is called when there is.
        boolean reserve(int wanted) {
            return take(this, wanted);
        }

        /// Whether its bytes do not count any more, since others needed the room.
        boolean hasGivenWay() {
            synchronized (BodyMemory.this) {
                return hasGivenWay;
            }
        }

        /// Nothing is held any more, and nothing waited for.
        void free() {
            leave(this).forEach(share -> share.granted.run());
        }
    }

    /// @param granted called on any thread when room that was waited for is there
    /// @param givesWay called on any thread when the connection has to let go of what it holds
    Share share(Runnable granted, Runnable givesWay) {
        return new Share(granted, givesWay);
    }

    synchronized long bytes() {
        return known + held;
    }

    private synchronized List<Share> oldestGiveWay(Share share, int now) {
        if (share.hasGivenWay) {
            return List.of();
        }
        held += now - share.bytes;
        share.bytes = now;
        if (now == 0) {
            others.remove(share);
        } else {
            others.add(share);
        }
        var leaving = new ArrayList<Share>();
        for (Iterator<Share> oldest = others.iterator(); held > mostOthers && oldest.hasNext(); ) {
            var one = oldest.next();
            if (one != share) {
                oldest.remove();
                held -= one.bytes;
                one.bytes = 0;
                one.hasGivenWay = true;
                leaving.add(one);
            }
        }
        return leaving;
    }

    private synchronized boolean take(Share share, int wanted) {
        share.reserved = wanted;
        if (waiting.isEmpty() && fits(wanted)) {
            known += wanted;
            return true;
        }
        waiting.add(share);
        return false;
    }

    /// One that is larger than all there is goes alone.
    private boolean fits(int wanted) {
        return known == 0 || known + wanted <= mostKnown;
    }

    private synchronized List<Share> leave(Share share) {
        others.remove(share);
        held -= share.bytes;
        share.bytes = 0;
        share.hasGivenWay = false;
        boolean waited = waiting.remove(share);
        known -= waited ? 0 : share.reserved;
        share.reserved = 0;
        var granted = new ArrayList<Share>();
        while (!waiting.isEmpty() && fits(waiting.peek().reserved)) {
            known += waiting.peek().reserved;
            granted.add(waiting.poll());
        }
        return granted;
    }
}
