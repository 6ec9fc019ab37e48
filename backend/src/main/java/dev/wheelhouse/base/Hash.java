package dev.wheelhouse.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of texts and bytes.
public final class Hash {

    private Hash() {}

    /// The first 128 bits as 32 hex digits: enough to compare texts for equality.
    public static String of(String text) {
        return HexFormat.of().formatHex(bytes(text), 0, 16);
    }

    /// All 32 bytes.
    public static byte[] bytes(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// All 32 bytes.
    public static byte[] bytes(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
