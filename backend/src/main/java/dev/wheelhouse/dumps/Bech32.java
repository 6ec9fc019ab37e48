package dev.wheelhouse.dumps;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// Bytes as letters with a checksum, as age writes its keys (BIP 173).
final class Bech32 {

    private static final String LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    private Bech32() {}

    /// @param kind what stands before the last `1`, in lower case
    static byte[] read(String kind, String text) throws DamagedException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals(text) && !text.toUpperCase(Locale.ROOT).equals(text)) {
            throw new DamagedException("it mixes capitals and small letters");
        }
        if (!lower.startsWith(kind + "1") || lower.length() < kind.length() + 1 + CHECKSUM) {
            throw new DamagedException("it does not begin with \"%s1\"".formatted(kind));
        }
        int[] values =
                lower.substring(kind.length() + 1).chars().map(LETTERS::indexOf).toArray();
        for (int value : values) {
            if (value < 0) {
                throw new DamagedException("it has a letter that no key has");
            }
        }
        if (sum(kind, values) != 1) {
            throw new DamagedException("a letter of it is wrong or missing");
        }
        return regroup(values, values.length - CHECKSUM);
    }

    static String write(String kind, byte[] bytes) {
        int[] values = new int[(bytes.length * 8 + 4) / 5 + CHECKSUM];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) == 1) {
                values[bit / 5] |= 16 >> bit % 5;
            }
        }
        int sum = sum(kind, values) ^ 1;
        for (int i = 0; i < CHECKSUM; i++) {
            values[values.length - CHECKSUM + i] = sum >> 5 * (5 - i) & 31;
        }
        var text = new StringBuilder(kind).append('1');
        for (int value : values) {
            text.append(LETTERS.charAt(value));
        }
        return text.toString();
    }

    private static byte[] regroup(int[] values, int count) {
        var bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < count; i++) {
            held = (held << 5 | values[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits);
            }
        }
        return bytes.toByteArray();
    }

    private static int sum(String kind, int[] values) {
        int sum = 1;
        for (char letter : kind.toCharArray()) {
            sum = next(sum, letter >> 5);
        }
        sum = next(sum, 0);
        for (char letter : kind.toCharArray()) {
            sum = next(sum, letter & 31);
        }
        for (int value : values) {
            sum = next(sum, value);
        }
        return sum;
    }

    private static int next(int sum, int value) {
        int next = (sum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < 5; i++) {
            if ((sum >> 25 + i & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
