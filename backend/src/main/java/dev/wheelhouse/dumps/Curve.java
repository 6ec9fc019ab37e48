package dev.wheelhouse.dumps;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The three parts that age is built of, on bytes: X25519, HKDF with SHA-256, ChaCha20-Poly1305.
final class Curve {

    static final int SIZE = 32;
    private static final byte[] BASE = new byte[SIZE];

    static {
        BASE[0] = 9;
    }

    private Curve() {}

    static byte[] publicOf(byte[] secret) throws GeneralSecurityException {
        return agree(secret, BASE);
    }

    /// Refuses points of low order, as the JDK does.
    static byte[] agree(byte[] secret, byte[] point) throws GeneralSecurityException {
        var keys = KeyFactory.getInstance("X25519");
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
        agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, number(point))), true);
        return agreement.generateSecret();
    }

    /// The smallest byte comes first.
    private static BigInteger number(byte[] point) {
        byte[] turned = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            turned[i] = point[SIZE - 1 - i];
        }
        turned[0] &= 0x7f;
        return new BigInteger(1, turned);
    }

    static byte[] derive(byte[] secret, byte[] salt, String purpose) throws GeneralSecurityException {
        var parameters = HKDFParameterSpec.ofExtract()
                .addIKM(secret)
                .addSalt(salt)
                .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), SIZE);
        return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    }

    /// @param mode of [Cipher]: encrypt or decrypt
    static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] input, int length) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(Arrays.copyOf(nonce, 12)));
        return cipher.doFinal(input, 0, length);
    }
}
