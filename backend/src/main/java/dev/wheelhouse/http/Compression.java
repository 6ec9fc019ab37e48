package dev.wheelhouse.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Compresses texts that are worth it. Never a stream: a compressor would hold events back until it has enough.
@Primary
@Singleton
final class Compression implements HttpCompressionStrategy {

    private static final int WORTH_IT = 2048;

    @Override
    public boolean shouldCompress(HttpResponse response) {
        var headers = response.headers();
        return isText(headers.get(HttpHeaderNames.CONTENT_TYPE))
                && headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) >= WORTH_IT;
    }

    private static boolean isText(@Nullable String type) {
        return type != null
                && !type.startsWith("text/event-stream")
                && (type.startsWith("text/") || type.contains("json") || type.contains("svg"));
    }

    @Override
    public int getMaxZstdEncodeSize() {
        return 1 << 20;
    }
}
