package dev.wheelhouse.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Settings of the API.
///
/// @param heartbeat how long a stream may be silent before a comment keeps it open, 100 ms to 60 s
/// @param backlog how many frames a client may lag behind before its stream is cut, 16 to 10,000
/// @param leaving how long a replica that was told to stop goes on answering clients that do not know it yet, 0 to 60 s
/// @param basePath the prefix under which an edge brings everything, such as `/wheelhouse`; empty where there is none
@ConfigurationProperties("http")
record HttpConfig(
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "512") int backlog,
        @Bindable(defaultValue = "3s") Duration leaving,
        @Bindable(defaultValue = "") String basePath) {}
