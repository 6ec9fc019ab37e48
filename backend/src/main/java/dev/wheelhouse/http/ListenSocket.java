package dev.wheelhouse.http;

import dev.wheelhouse.wire.Wire;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The socket that takes new connections, each of which is read by [Wire] first. The framework closes it only together
/// with those that have just come in and are about to speak; here it can be closed alone.
@Singleton
final class ListenSocket implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private final Wire wire;

    ListenSocket(Wire wire) {
        this.wire = wire;
    }

    /// The framework's limit of a body is the wire's.
    @Factory
    static final class MakeWire {
        @Singleton
        Wire wire(HttpServerConfiguration server) {
            return new Wire(Math.toIntExact(server.getMaxRequestSize()));
        }
    }

    /// Guards each connection as soon as its handlers are there.
    private record Guard(Wire wire, Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Guard(wire, channel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            wire.guard(channel.pipeline());
        }
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                if (role == ChannelRole.LISTENER) {
                    listening.add(channel);
                    return this;
                }
                return new Guard(wire, channel);
            }
        });
        return event.getBean();
    }

    void close() {
        listening.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
