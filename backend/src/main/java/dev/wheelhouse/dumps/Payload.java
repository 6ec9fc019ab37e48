package dev.wheelhouse.dumps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/// What follows the header of a file of age: pieces of 64 KiB, each with its number and whether it is the last in its
/// nonce, so that none can be left out, moved or put behind the end.
final class Payload {

    private static final int PIECE = 1 << 16;
    private static final int TAG = 16;
    private static final int NONCE = 16;

    private Payload() {}

    static void encrypt(InputStream from, OutputStream to, List<Key> readers)
            throws IOException, GeneralSecurityException {
        byte[] fileKey = drawn(Header.KEY);
        byte[] nonce = drawn(NONCE);
        to.write(Header.write(fileKey, readers));
        to.write(nonce);
        byte[] key = Curve.derive(fileKey, nonce, "payload");
        byte[] piece = from.readNBytes(PIECE);
        for (long number = 0; ; number++) {
            byte[] next = piece.length < PIECE ? new byte[0] : from.readNBytes(PIECE);
            boolean isLast = next.length == 0;
            to.write(Curve.crypt(Cipher.ENCRYPT_MODE, key, nonce(number, isLast), piece, piece.length));
            if (isLast) {
                return;
            }
            piece = next;
        }
    }

    static void decrypt(InputStream from, OutputStream to, List<Key> identities)
            throws IOException, GeneralSecurityException, DamagedException {
        byte[] fileKey = Header.read(from, identities);
        byte[] nonce = from.readNBytes(NONCE);
        if (nonce.length < NONCE) {
            throw new DamagedException("it is cut off behind its header");
        }
        byte[] key = Curve.derive(fileKey, nonce, "payload");
        byte[] piece = from.readNBytes(PIECE + TAG);
        for (long number = 0; ; number++) {
            byte[] next = from.readNBytes(PIECE + TAG);
            byte[] plain = open(key, number, piece, next.length == 0);
            to.write(plain);
            if (next.length == 0) {
                return;
            }
            piece = next;
        }
    }

    private static byte[] open(byte[] key, long number, byte[] piece, boolean isLast)
            throws GeneralSecurityException, DamagedException {
        if (piece.length < TAG || piece.length == TAG && number > 0) {
            throw new DamagedException("it is cut off after %,d bytes of the dump".formatted(number * PIECE));
        }
        try {
            return Curve.crypt(Cipher.DECRYPT_MODE, key, nonce(number, isLast), piece, piece.length);
        } catch (AEADBadTagException other) {
            throw new DamagedException(
                    isOpenedBy(key, nonce(number, !isLast), piece)
                            ? isLast
                                    ? "it is cut off after %,d bytes of the dump".formatted((number + 1) * PIECE)
                                    : "there is something behind its end"
                            : "its bytes have changed, or it is cut off, within 64 KiB after %,d bytes of the dump"
                                    .formatted(number * PIECE));
        }
    }

    private static boolean isOpenedBy(byte[] key, byte[] nonce, byte[] piece) throws GeneralSecurityException {
        try {
            Curve.crypt(Cipher.DECRYPT_MODE, key, nonce, piece, piece.length);
            return true;
        } catch (AEADBadTagException other) {
            return false;
        }
    }

    private static byte[] nonce(long number, boolean isLast) {
        return ByteBuffer.allocate(12)
                .putLong(3, number)
                .put(11, (byte) (isLast ? 1 : 0))
                .array();
    }

    private static byte[] drawn(int size) {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
