package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Settings of the API.
///
/// @param heartbeat how long a stream may be silent before a comment keeps it open, 100 ms to 60 s
/// @param backlog how many frames a client may lag behind before its stream is cut, 16 to 10,000
/// @param allowOrigins origins, such as `https://app.example.org`, whose web pages may call this API with a key; none
/// unless they are listed
/// @param leaving how long a replica that was told to stop goes on answering clients that do not know it yet, 0 to 60 s
/// @param metricsPort a port of its own, 1 to 65,535, on which `/metrics` answers without a key, and nothing else
/// does; 0 for none. Whoever reaches it reads the metrics of all tenants: keep it to the network of Prometheus
/// @param basePath the prefix under which an edge brings everything, such as `/wheelhouse`; empty where there is none
/// @param bodyMemory bytes that all connections together may hold of requests that have not come as a whole, 16 MB to
/// 1 GB: large bodies of callers with a valid key wait for room in three quarters of it, and of everything else the
/// longest held is refused to make room
/// @param accessLog whether each request has a line in the log: method, route (never its values), status, milliseconds
@ConfigurationProperties("http")
record HttpConfig(
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "512") int backlog,
        @Bindable(defaultValue = "") List<String> allowOrigins,
        @Bindable(defaultValue = "3s") Duration leaving,
        @Bindable(defaultValue = "0") int metricsPort,
        @Bindable(defaultValue = "") String basePath,
        @Bindable(defaultValue = "false") boolean accessLog,
        @ReadableBytes @Bindable(defaultValue = "32MB") int bodyMemory) {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9a-f:]+](:\\d{1,5})?");

    private static final int LEAST_BODY_MEMORY = 16 << 20;
    private static final int MOST_BODY_MEMORY = 1 << 30;

    HttpConfig {
        if (metricsPort < 0 || metricsPort > 65_535) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "http.metrics-port is %d, which is not a port".formatted(metricsPort),
                    "Set it to 1 to 65535, such as 9090, or to 0 to keep metrics behind a key");
        }
        if (bodyMemory < LEAST_BODY_MEMORY || bodyMemory > MOST_BODY_MEMORY) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "http.body-memory is %,d bytes".formatted(bodyMemory),
                    "Set it to 16MB to 1GB: a body may have 8 MB, and the heap has to hold it");
        }
        allowOrigins = allowOrigins.stream().filter(origin -> !origin.isBlank()).toList();
        for (String origin : allowOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "http.allow-origins names \"%s\", which is not an origin".formatted(origin),
                        "Write it as browsers send it, such as https://app.example.org, without a path");
            }
        }
    }

    boolean allows(String origin) {
        return allowOrigins.contains(origin);
    }
}
