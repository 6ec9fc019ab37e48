package dev.wheelhouse.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/// Sees to it that an answer is one to its request. HTTP/1.0 knows no chunks, so there the end of the connection is the
/// end of the body. HEAD is asked of the framework as GET and answered with the head of that answer, length included.
final class Answers extends ChannelDuplexHandler {

    private record Asked(boolean isOld, boolean isHead) {}

    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean closes;

    void asked(boolean isOld, boolean isHead) {
        asked.add(new Asked(isOld, isHead));
    }

    boolean areAllSent() {
        return asked.isEmpty();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response && response.status().code() < 200) {
            context.write(message, promise);
            return;
        }
        var now = asked.peek();
        if (now != null && message instanceof HttpResponse response) {
            fit(response, now);
        }
        boolean isLast = message instanceof LastHttpContent;
        if (isLast) {
            asked.poll();
            if (closes && now != null && !now.isHead()) {
                promise = promise.unvoid();
                promise.addListener(ChannelFutureListener.CLOSE);
            }
        }
        if (now != null && now.isHead()) {
            writeHead(context, message, isLast, promise);
        } else {
            context.write(message, promise);
        }
    }

    private void fit(HttpResponse response, Asked now) {
        if (now.isOld() && HttpUtil.isTransferEncodingChunked(response)) {
            HttpUtil.setTransferEncodingChunked(response, false);
            closeAfter(response);
        } else if (now.isHead() && hasNoEnd(response)) {
            closeAfter(response);
        }
    }

    private void closeAfter(HttpResponse response) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        closes = true;
    }

    /// Of a stream, whose last piece may be far away.
    private static boolean hasNoEnd(HttpResponse response) {
        int status = response.status().code();
        return !HttpUtil.isContentLengthSet(response) && status != 204 && status != 304;
    }

    private void writeHead(ChannelHandlerContext context, Object message, boolean isLast, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            var head = new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers());
            if (closes) {
                context.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE);
            } else {
                context.write(head);
            }
        }
        ReferenceCountUtil.release(message);
        if (isLast && !closes) {
            context.write(LastHttpContent.EMPTY_LAST_CONTENT, promise);
        } else {
            promise.trySuccess();
        }
    }
}
