package dev.wheelhouse.embeddings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Vectors as numbers and as bytes.
public final class Vectors {

    private Vectors() {}

    /// The same direction with length 1.
    public static float[] normalized(float[] vector) {
        double square = 0;
        for (float one : vector) {
            square += one * one;
        }
        float length = (float) Math.max(Math.sqrt(square), 1e-12);
        float[] unit = new float[vector.length];
        for (int at = 0; at < unit.length; at++) {
            unit[at] = vector[at] / length;
        }
        return unit;
    }

    /// Half floats, little endian: 2 bytes for each number.
    public static byte[] bytes(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : vector) {
            bytes.putShort(Float.floatToFloat16(one));
        }
        return bytes.array();
    }

    /// One bit for each number, set where it is positive; padded to a multiple of 64 bits.
    public static byte[] code(float[] vector) {
        byte[] code = new byte[(vector.length + 63) / 64 * 8];
        for (int at = 0; at < vector.length; at++) {
            if (vector[at] > 0) {
                code[at >> 3] |= (byte) (1 << (at & 7));
            }
        }
        return code;
    }

    /// The product of a vector with one in bytes: the cosine, where both have length 1.
    public static double dot(float[] vector, byte[] bytes) {
        var other = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double sum = 0;
        for (int at = 0; at < vector.length && other.remaining() >= 2; at++) {
            sum += vector[at] * Float.float16ToFloat(other.getShort());
        }
        return sum;
    }
}
