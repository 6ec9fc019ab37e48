package dev.wheelhouse.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Tells addresses of the public internet from all others.
final class Addresses {

    /// First bytes and how many bits of them count: everything that is not somebody's public host (RFC 6890 and later),
    /// and every way to write an IPv4 address inside an IPv6 one.
    private record Block(AddressKind kind, int bits, int... start) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int wanted = bit / 8 < start.length ? start[bit / 8] : 0;
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> FOUR = List.of(
            new Block(AddressKind.RESERVED, 8, 0),
            new Block(AddressKind.PRIVATE, 8, 10),
            new Block(AddressKind.METADATA, 32, 100, 100, 100, 200),
            new Block(AddressKind.PRIVATE, 10, 100, 64),
            new Block(AddressKind.LOOPBACK, 8, 127),
            new Block(AddressKind.METADATA, 32, 169, 254, 169, 254),
            new Block(AddressKind.LINK_LOCAL, 16, 169, 254),
            new Block(AddressKind.PRIVATE, 12, 172, 16),
            new Block(AddressKind.RESERVED, 24, 192, 0, 0),
            new Block(AddressKind.RESERVED, 24, 192, 0, 2),
            new Block(AddressKind.RESERVED, 24, 192, 88, 99),
            new Block(AddressKind.PRIVATE, 16, 192, 168),
            new Block(AddressKind.RESERVED, 15, 198, 18),
            new Block(AddressKind.RESERVED, 24, 198, 51, 100),
            new Block(AddressKind.RESERVED, 24, 203, 0, 113),
            new Block(AddressKind.MULTICAST, 4, 224),
            new Block(AddressKind.RESERVED, 4, 240));

    private static final Block PUBLIC_SIX = new Block(AddressKind.PUBLIC, 3, 0x20);

    private static final List<Block> SIX = List.of(
            new Block(AddressKind.RESERVED, 23, 0x20, 0x01, 0x00),
            new Block(AddressKind.RESERVED, 32, 0x20, 0x01, 0x0d, 0xb8),
            new Block(AddressKind.RESERVED, 16, 0x20, 0x02),
            new Block(AddressKind.RESERVED, 20, 0x3f, 0xff),
            new Block(AddressKind.LOOPBACK, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            new Block(AddressKind.METADATA, 128, 0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54),
            new Block(AddressKind.PRIVATE, 7, 0xfc),
            new Block(AddressKind.LINK_LOCAL, 10, 0xfe, 0x80),
            new Block(AddressKind.MULTICAST, 8, 0xff));

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        return kind(address) == AddressKind.PUBLIC;
    }

    /// Of IPv6 only 2000::/3 has been given out as public; whatever is not known to be public is not.
    static AddressKind kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean six = address instanceof Inet6Address;
        return (six ? SIX : FOUR)
                .stream()
                        .filter(block -> block.contains(bytes))
                        .findFirst()
                        .map(Block::kind)
                        .orElse(six && !PUBLIC_SIX.contains(bytes) ? AddressKind.RESERVED : AddressKind.PUBLIC);
    }
}
