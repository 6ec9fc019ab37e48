package dev.wheelhouse.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// Ways out for tests: with names that lead where the test says, with proxies, with certificates.
public final class TestOutbound {

    /// Where a name leads.
    @FunctionalInterface
    public interface Leads {
        InetAddress[] to(String host) throws UnknownHostException;
    }

    private TestOutbound() {}

    public static Outbound with(Leads names) {
        return new Outbound(OutboundConfig.DEFAULT, ProxyConfig.NONE, _ -> null, names::to);
    }

    public static Outbound trusting(String caBundle) {
        return new Outbound(new OutboundConfig(caBundle, true), ProxyConfig.NONE, _ -> null, new Names.LookUp());
    }

    static Outbound with(OutboundConfig config, ProxyConfig proxy, Map<String, String> environment, Leads names) {
        return new Outbound(config, proxy, environment::get, names::to);
    }
}
