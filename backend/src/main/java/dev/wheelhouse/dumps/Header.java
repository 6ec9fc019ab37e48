package dev.wheelhouse.dumps;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The beginning of a file of age: the key of the file, wrapped once for each who may read it, and a sum
/// over all of that.
final class Header {

    static final int KEY = 16;
    private static final String VERSION = "age-encryption.org/v1";
    private static final String WRAPPED = "-> X25519 ";
    private static final String PURPOSE = VERSION + "/X25519";
    private static final int LINE = 64;
    private static final int MOST = 1 << 16;
    private static final Base64.Encoder WRITE = Base64.getEncoder().withoutPadding();

    private Header() {}

    static byte[] write(byte[] fileKey, List<Key> readers) throws GeneralSecurityException {
        var text = new StringBuilder(VERSION).append('\n');
        for (var reader : readers) {
            var once = Key.draw();
            byte[] body = Curve.crypt(
                    Cipher.ENCRYPT_MODE,
                    wrapping(once.secret(), once.open(), reader.open(), reader.open()),
                    new byte[12],
                    fileKey,
                    KEY);
            text.append(WRAPPED).append(WRITE.encodeToString(once.open())).append('\n');
            text.append(WRITE.encodeToString(body)).append('\n');
        }
        text.append("---");
        return (text + " " + WRITE.encodeToString(sum(fileKey, text.toString())) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @return the key of the file
    static byte[] read(InputStream from, List<Key> identities)
            throws IOException, GeneralSecurityException, DamagedException {
        var read = new Lines(from);
        if (!read.next().equals(VERSION)) {
            throw new DamagedException("it does not begin as a file of age does");
        }
        byte[] fileKey = null;
        String line = read.next();
        while (line.startsWith("-> ")) {
            String head = line;
            var body = new StringBuilder();
            do {
                line = read.next();
                body.append(line);
            } while (line.length() == LINE);
            if (fileKey == null && head.startsWith(WRAPPED)) {
                fileKey = unwrap(bytes(head.substring(WRAPPED.length())), bytes(body.toString()), identities);
            }
            line = read.next();
        }
        if (!line.startsWith("--- ")) {
            throw new DamagedException("its header has been changed");
        }
        if (fileKey == null) {
            throw new DamagedException("it is encrypted for another key than %s, which is given"
                    .formatted(identities.stream().map(Key::publicText).collect(Collectors.joining(" or "))));
        }
        String before = read.text().substring(0, read.text().length() - line.length() - 1) + "---";
        if (!MessageDigest.isEqual(sum(fileKey, before), bytes(line.substring(4)))) {
            throw new DamagedException("its header has been changed");
        }
        return fileKey;
    }

    private static byte @Nullable [] unwrap(byte[] share, byte[] body, List<Key> identities)
            throws GeneralSecurityException, DamagedException {
        if (share.length != Curve.SIZE || body.length != KEY + 16) {
            throw new DamagedException("its header has been changed");
        }
        for (var own : identities) {
            try {
                return Curve.crypt(
                        Cipher.DECRYPT_MODE,
                        wrapping(own.secret(), share, own.open(), share),
                        new byte[12],
                        body,
                        body.length);
            } catch (AEADBadTagException other) {
                // For somebody else.
            }
        }
        return null;
    }

    private static byte[] wrapping(byte[] secret, byte[] share, byte[] reader, byte[] other)
            throws GeneralSecurityException {
        byte[] salt = new byte[2 * Curve.SIZE];
        System.arraycopy(share, 0, salt, 0, Curve.SIZE);
        System.arraycopy(reader, 0, salt, Curve.SIZE, Curve.SIZE);
        return Curve.derive(Curve.agree(secret, other), salt, PURPOSE);
    }

    private static byte[] sum(byte[] fileKey, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Curve.derive(fileKey, new byte[0], "header"), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(String text) throws DamagedException {
        try {
            if (text.indexOf('=') < 0) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException other) {
            // Said below.
        }
        throw new DamagedException("its header has been changed");
    }

    /// The header's lines, and all of them so far.
    private static final class Lines {

        private final InputStream from;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        Lines(InputStream from) {
            this.from = from;
        }

        String next() throws IOException, DamagedException {
            var line = new ByteArrayOutputStream();
            for (int one = from.read(); one != '\n'; one = from.read()) {
                if (one < 0) {
                    throw new DamagedException("it is cut off within its header");
                }
                line.write(one);
                if (all.size() + line.size() > MOST) {
                    throw new DamagedException("it does not begin as a file of age does");
                }
            }
            line.writeTo(all);
            all.write('\n');
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
