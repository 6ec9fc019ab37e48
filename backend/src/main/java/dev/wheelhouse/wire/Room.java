package dev.wheelhouse.wire;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one connection holds, and its waiting: for what the gate says, and for room. It is not read meanwhile. Only on
/// the connection's event loop.
final class Room {

    private final Wire wire;
    private final ChannelHandlerContext context;
    private final Consumer<Gate.Verdict> judged;
    private final Runnable ready;
    private final Consumer<Problem> refused;
    private final BodyMemory.Share share;
    private int told;
    private boolean isPaused;
    private boolean wasReading;
    private boolean wantsRead;
    private boolean isKnown;
    private @Nullable Future<?> patience;

    /// @param judged is told what the gate says, where it does not refuse
    /// @param ready is told when there is room that was waited for
    /// @param refused is told why the connection has to let go of what it holds
    Room(
            Wire wire,
            ChannelHandlerContext context,
            Consumer<Gate.Verdict> judged,
            Runnable ready,
            Consumer<Problem> refused) {
        this.wire = wire;
        this.context = context;
        this.judged = judged;
        this.ready = ready;
        this.refused = refused;
        this.share = wire.memory().share(() -> onLoop(this::granted), () -> onLoop(this::giveWay));
    }

    private void onLoop(Runnable work) {
        context.executor().execute(work);
    }

    /// So many bytes are held; of a caller who is known they are reserved already.
    void hold(int now) {
        if (!isKnown && now != told) {
            told = now;
            share.hold(now);
        }
    }

    /// Asks the gate, and reads nothing until it has answered.
    void ask(Head head) {
        isPaused = true;
        if (context.channel().config().isAutoRead()) {
            wasReading = true;
            context.channel().config().setAutoRead(false);
        }
        wire.gate().judge(head.asked()).whenComplete((verdict, failure) -> onLoop(() -> judged(verdict)));
    }

    private void judged(Gate.@Nullable Verdict verdict) {
        var refusal = verdict == null ? new Problem(ErrorCode.INTERNAL, "Internal error") : verdict.refusal();
        if (!isPaused) {
            // It was refused meanwhile, or is gone.
            return;
        }
        if (refusal != null) {
            refused.accept(refusal);
        } else {
            judged.accept(verdict);
        }
    }

    /// Room for the body of a caller who is known. False where it is waited for.
    boolean reserve(int bytes) {
        hold(0);
        isKnown = true;
        if (share.reserve(bytes)) {
            return true;
        }
        patience = context.executor()
                .schedule(
                        () -> refused.accept(Fault.NO_ROOM.problem(0)),
                        wire.patience().toMillis(),
                        TimeUnit.MILLISECONDS);
        return false;
    }

    private void granted() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
            ready.run();
        }
    }

    private void giveWay() {
        if (share.hasGivenWay()) {
            refused.accept(Fault.NO_ROOM.problem(0));
        }
    }

    boolean isPaused() {
        return isPaused;
    }

    /// Whether there is room for the whole body.
    boolean hasReserved() {
        return isKnown;
    }

    /// Whether the framework may read now; else it is noted that it wants to.
    boolean mayRead() {
        wantsRead = isPaused;
        return !isPaused;
    }

    void resume() {
        isPaused = false;
    }

    /// Reads from the socket again, after what was there already.
    ///
    /// @param hasHanded a request was handed over, so the framework says when it wants the next
    void readOn(boolean hasHanded) {
        if (!readsByItself() && (wantsRead || !hasHanded)) {
            context.read();
        }
        wantsRead = false;
    }

    private boolean readsByItself() {
        boolean did = wasReading;
        wasReading = false;
        if (did) {
            context.channel().config().setAutoRead(true);
        }
        return did;
    }

    /// Nothing is held or waited for any more.
    void free() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
        told = 0;
        isKnown = false;
        isPaused = false;
        readsByItself();
        share.free();
    }
}
