package dev.wheelhouse.outbound;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/// The proxies of the operator's network. Each of the first three is read from HTTP_PROXY, HTTPS_PROXY and NO_PROXY
/// where it is not given.
///
/// @param http for http addresses, written `http://host:port`, with `user:password@` before the host where it wants
///     that
/// @param https for https addresses, written in the same way
/// @param noProxy what is reached directly: hosts, `.domain`s, addresses, CIDR blocks, `host:port`, or `*` for
///     everything
/// @param untrusted whether addresses that tenants and models choose take the proxy too: it then looks their names up
///     once more, and has to refuse the addresses of your own network
@ConfigurationProperties("outbound.proxy")
record ProxyConfig(
        @Nullable String http,
        @Nullable String https,
        @Nullable String noProxy,
        @Bindable(defaultValue = "false") boolean untrusted) {

    static final ProxyConfig NONE = new ProxyConfig(null, null, null, false);

    /// A proxy's address may hold its password.
    @Override
    public String toString() {
        return "proxies [REDACTED]";
    }
}
