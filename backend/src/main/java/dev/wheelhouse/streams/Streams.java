package dev.wheelhouse.streams;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Opens streams, and writes the frames of those that have a wire on their event loops: one task per loop serves all
/// streams that are ready, and an event that goes to all of them is one buffer.
public final class Streams {

    private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
    private final Class<? extends ChannelHandler> framework;

    /// @param framework the framework's handler that answers requests
    public Streams(Class<? extends ChannelHandler> framework) {
        this.framework = framework;
    }

    /// @param connection a plain HTTP/1.1 connection with a chunked response, which may be detached from the framework;
    ///     null if the framework is to keep it
    public FrameStream open(@Nullable Channel connection) {
        return new FrameStream(this, connection);
    }

    Class<? extends ChannelHandler> framework() {
        return framework;
    }

    /// The stream has frames for its wire.
    void ready(FrameStream stream, Wire wire) {
        loops.computeIfAbsent(wire.channel().eventLoop(), Loop::new).add(stream);
    }

    private static final class Loop implements Runnable {

        private final EventLoop eventLoop;
        private final ConcurrentLinkedQueue<FrameStream> ready = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isScheduled = new AtomicBoolean();
        private byte @Nullable [] lastFrame;
        private @Nullable ByteBuf lastChunk;

        Loop(EventLoop eventLoop) {
            this.eventLoop = eventLoop;
        }

        void add(FrameStream stream) {
            ready.add(stream);
            if (!isScheduled.get() && isScheduled.compareAndSet(false, true)) {
                eventLoop.execute(this);
            }
        }

        @Override
        public void run() {
            isScheduled.set(false);
            for (var stream = ready.poll(); stream != null; stream = ready.poll()) {
                stream.write(this::chunk);
            }
        }

        /// The frames as a chunk; the caller owns one reference.
        private ByteBuf chunk(ArrayDeque<byte[]> frames) {
            byte[] first = frames.removeFirst();
            if (!frames.isEmpty()) {
                return Wire.chunk(FrameStream.together(first, frames));
            }
            if (lastFrame != first || lastChunk == null) {
                if (lastChunk != null) {
                    lastChunk.release();
                }
                lastChunk = Wire.chunk(first);
                lastFrame = first;
            }
            return lastChunk.retainedDuplicate();
        }
    }
}
