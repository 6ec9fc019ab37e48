package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The prefix under which an edge may bring everything, such as `/wheelhouse`: where it is set, each path is answered
/// with it and without it. What comes with it is told addresses with it; probes and callers in the cluster leave it
/// out.
@Singleton
public final class BasePath implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    /// What the request's prefix was, said by us and never by a client.
    static final String HEADER = "X-Forwarded-Prefix";

    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._~-]*)*");

    private final String prefix;

    BasePath(HttpConfig config) {
        if (!FORM.matcher(config.basePath()).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "http.base-path is \"%s\", which is not a path".formatted(config.basePath()),
                    "Write it like /wheelhouse, without a slash at its end");
        }
        this.prefix = config.basePath();
    }

    /// The prefix that this request came with; empty where it came without.
    public static String of(HttpRequest<?> request) {
        return request.getHeaders().get(HEADER) instanceof String prefix ? prefix : "";
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new AtConnection(prefix, null));
        return event.getBean();
    }

    /// The framework asks the customizer of the listening socket for that of each connection.
    private record AtConnection(String prefix, @Nullable Channel channel) implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new AtConnection(prefix, channel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                                "base-path",
                                new StripBasePath(prefix));
            }
        }
    }
}
