package dev.wheelhouse.outbound;

/// What an address is, as far as it matters for who may connect to it. `words` completes "10.0.0.1 is …".
enum AddressKind {
    PUBLIC("on the public internet"),
    LOOPBACK("this computer itself"),
    PRIVATE("a private address"),
    LINK_LOCAL("a link-local address"),
    METADATA("a cloud's metadata service"),
    MULTICAST("a multicast address"),
    RESERVED("not an address of the public internet");

    final String words;

    AddressKind(String words) {
        this.words = words;
    }
}
