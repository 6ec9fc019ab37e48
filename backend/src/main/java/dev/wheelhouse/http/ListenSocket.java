package dev.wheelhouse.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The socket that takes new connections. The framework closes it only together with those that have just come in and
/// are about to speak; here it can be closed alone.
@Singleton
final class ListenSocket implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final List<Channel> listening = new CopyOnWriteArrayList<>();

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                if (role == ChannelRole.LISTENER) {
                    listening.add(channel);
                }
                return this;
            }
        });
        return event.getBean();
    }

    void close() {
        listening.forEach(channel -> channel.close().syncUninterruptibly());
    }
}
