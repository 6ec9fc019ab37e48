package dev.wheelhouse.openai;

import dev.wheelhouse.runs.RunWatcher;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;

/// Notices that a client has closed its connection while it waits for a response.
final class ClientLeft {

    private ClientLeft() {}

    /// Tells once where the client leaves before the registration is closed.
    static RunWatcher.Watch tell(HttpRequest<?> request, Runnable told) {
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            return () -> {};
        }
        var closing = netty.getChannelHandlerContext().channel().closeFuture();
        GenericFutureListener<Future<Void>> listener = closed -> told.run();
        closing.addListener(listener);
        return () -> closing.removeListener(listener);
    }
}
