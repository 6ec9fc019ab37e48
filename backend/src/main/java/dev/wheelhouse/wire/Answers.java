package dev.wheelhouse.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;

/// Sees to it that an answer is one of its request's version: HTTP/1.0 knows no chunks, so there the end of the
/// connection is the end of the body.
final class Answers extends ChannelDuplexHandler {

    private final Deque<Boolean> old = new ArrayDeque<>();
    private boolean closes;

    void asked(boolean isOld) {
        old.add(isOld);
    }

    boolean areAllSent() {
        return old.isEmpty();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean isInterim =
                message instanceof HttpResponse response && response.status().code() < 200;
        if (!isInterim && message instanceof HttpResponse response) {
            boolean isOld = Boolean.TRUE.equals(old.peek());
            if (isOld && HttpUtil.isTransferEncodingChunked(response)) {
                HttpUtil.setTransferEncodingChunked(response, false);
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                closes = true;
            }
        }
        if (!isInterim && message instanceof LastHttpContent) {
            old.poll();
            if (closes) {
                promise = promise.unvoid();
                promise.addListener(ChannelFutureListener.CLOSE);
            }
        }
        context.write(message, promise);
    }
}
