package dev.wheelhouse.streams;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A connection that from now on carries only one stream's frames.
///
/// The framework keeps the request, its headers, its route and a dozen handlers for as long as a stream is open: 5 KiB
/// for each of thousands of mostly idle streams. So long-lived streams are detached from it: all other handlers are
/// removed, and frames go to the socket as chunks. The connection is closed after the last frame.
final class Wire extends ChannelInboundHandlerAdapter {

    private static final ByteBuf LAST_CHUNK =
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .asReadOnly());

    // The name under which the framework keeps its state on the connection.
    private static final AttributeKey<Object> FRAMEWORKS = AttributeKey.valueOf("stream-pipeline");

    private final Channel channel;
    private final FrameStream stream;

    private Wire(Channel channel, FrameStream stream) {
        this.channel = channel;
        this.stream = stream;
    }

    /// Detaches the connection from the framework; only on its event loop.
    static Wire take(Channel channel, FrameStream stream, Class<? extends ChannelHandler> framework) {
        var pipeline = channel.pipeline();
        var wire = new Wire(channel, stream);
        // The framework's own handler goes last: by then it references no other handler, and it releases the request.
        var handlers = List.copyOf(pipeline.toMap().values());
        handlers.stream().filter(one -> !framework.isInstance(one)).forEach(pipeline::remove);
        pipeline.remove(framework);
        channel.attr(FRAMEWORKS).set(null);
        pipeline.addLast(wire);
        channel.config().setAutoRead(true);
        return wire;
    }

    Channel channel() {
        return channel;
    }

    /// Only on the event loop.
    void write(ByteBuf chunk) {
        channel.write(chunk, channel.voidPromise());
    }

    void finish() {
        channel.writeAndFlush(LAST_CHUNK.duplicate()).addListener(ChannelFutureListener.CLOSE);
    }

    static ByteBuf chunk(byte[] frames) {
        byte[] length = (Integer.toHexString(frames.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        var chunk = Unpooled.directBuffer(length.length + frames.length + 2);
        return chunk.writeBytes(length).writeBytes(frames).writeByte('\r').writeByte('\n');
    }

    /// Anything else the client sends is discarded: the stream is the last response on this connection.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            stream.pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
