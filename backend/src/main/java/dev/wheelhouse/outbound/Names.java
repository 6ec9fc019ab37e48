package dev.wheelhouse.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Turns a host name into addresses; another one in tests.
@FunctionalInterface
interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
