package dev.wheelhouse.http;

import dev.wheelhouse.wire.Wire;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The socket that takes new connections, each of which is read by [Wire] first. The framework closes it only together
/// with those that have just come in and are about to speak; here it can be closed alone.
@Singleton
final class ListenSocket implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private final Wire wire;

    ListenSocket(Wire wire, MeterRegistry meters) {
        this.wire = wire;
        Gauge.builder("wheelhouse.http.held", wire, Wire::heldBytes)
                .baseUnit("bytes")
                .register(meters);
    }

    /// The framework's limit of a body is the wire's.
    @Factory
    static final class MakeWire {

        private static final Duration PATIENCE = Duration.ofSeconds(10);

        /// The routes are not known yet when it is made.
        @Singleton
        Wire wire(HttpServerConfiguration server, HttpConfig config, Provider<JudgeBodies> gate) {
            return new Wire(
                    Math.toIntExact(server.getMaxRequestSize()), config.bodyMemory(), PATIENCE, asked -> gate.get()
                            .judge(asked));
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
