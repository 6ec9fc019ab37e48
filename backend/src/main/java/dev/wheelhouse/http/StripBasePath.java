package dev.wheelhouse.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;

/// Takes the prefix off the paths of one connection's requests before any route sees them, and puts it in front of the
/// addresses that answers lead to.
final class StripBasePath extends ChannelDuplexHandler {

    private final String prefix;
    /// Of the requests that are not answered yet, which may be several: clients may send the next one early.
    private final Queue<Boolean> cameWithIt = new ArrayDeque<>();

    StripBasePath(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            request.headers().remove(BasePath.HEADER);
            boolean has = !prefix.isEmpty() && isBelow(request.uri());
            if (!prefix.isEmpty()) {
                cameWithIt.add(has);
            }
            if (has) {
                String rest = request.uri().substring(prefix.length());
                request.setUri(rest.startsWith("/") ? rest : "/" + rest);
                request.headers().set(BasePath.HEADER, prefix);
            }
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL
                && Boolean.TRUE.equals(cameWithIt.poll())) {
            String location = response.headers().get(HttpHeaderNames.LOCATION);
            if (location != null && location.startsWith("/")) {
                response.headers().set(HttpHeaderNames.LOCATION, prefix + location);
            }
        }
        super.write(context, message, promise);
    }

    private boolean isBelow(String uri) {
        return uri.startsWith(prefix)
                && (uri.length() == prefix.length() || "/?".indexOf(uri.charAt(prefix.length())) >= 0);
    }
}
