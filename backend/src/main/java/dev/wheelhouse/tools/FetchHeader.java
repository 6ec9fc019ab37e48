package dev.wheelhouse.tools;

/// A header that `http_fetch` sends to some hosts.
///
/// @param to a host, or `*.` and a domain
/// @param value may reference secrets as `secret://name`
public record FetchHeader(String to, String name, String value) {}
