package dev.wheelhouse.outbound;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// What a client connects to is what was checked here: it resolves no name by any other way.
record CheckedNames(Names names, boolean allowPrivate) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.resolve(host);
        for (var address : addresses) {
            var kind = Addresses.kind(address);
            if (!allowPrivate && kind != AddressKind.PUBLIC) {
                throw new Problem(
                        ErrorCode.FORBIDDEN,
                        "\"%s\" leads to %s, which is %s".formatted(host, address.getHostAddress(), kind.words),
                        "Ask for an address on the public internet");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
