package dev.wheelhouse.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The codes of one generation of a collection, up to an epoch: one bit for each number of a vector.
final class Codes {

    private static final int BYTES_OF_A_ROW = 8;

    private long[] passages = new long[256];
    private long[] codes = new long[0];
    private int words;
    private int count;
    private long epoch;
    volatile long usedAt;

    long epoch() {
        return epoch;
    }

    int count() {
        return count;
    }

    long bytes() {
        return (long) passages.length * BYTES_OF_A_ROW + (long) codes.length * Long.BYTES;
    }

    synchronized void grow(long to, java.util.function.Consumer<VectorRows.CodeReader> load) {
        if (to > epoch) {
            load.accept(this::add);
            epoch = to;
        }
    }

    private void add(long passage, byte[] code) {
        if (words == 0) {
            words = code.length / Long.BYTES;
            codes = new long[passages.length * words];
        }
        if (count == passages.length) {
            passages = Arrays.copyOf(passages, count * 3 / 2);
            codes = Arrays.copyOf(codes, passages.length * words);
        }
        if (code.length == words * Long.BYTES) {
            passages[count] = passage;
            ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(codes, count * words, words);
            count++;
        }
    }

    /// The passages whose codes fit the vector best, with how well they do: numbers to compare with each
    /// other only.
    synchronized Map<Long, Float> best(float[] vector, int most) {
        float[] table = table(vector);
        float[] scores = new float[count];
        for (int row = 0; row < count; row++) {
            scores[row] = score(table, row);
        }
        float least = least(scores, most);
        var best = new HashMap<Long, Float>();
        for (int row = 0; row < count && best.size() < most; row++) {
            if (scores[row] >= least) {
                best.put(passages[row], scores[row]);
            }
        }
        return best;
    }

    /// For each byte of a code and each of its values, what it adds.
    private float[] table(float[] vector) {
        int bytes = words * Long.BYTES;
        float[] table = new float[bytes * 256];
        for (int at = 0; at < bytes; at++) {
            for (int value = 0; value < 256; value++) {
                float sum = 0;
                for (int bit = 0; bit < 8 && at * 8 + bit < vector.length; bit++) {
                    float one = vector[at * 8 + bit];
                    sum += (value >> bit & 1) == 1 ? one : -one;
                }
                table[at * 256 + value] = sum;
            }
        }
        return table;
    }

    private float score(float[] table, int row) {
        float sum = 0;
        int at = 0;
        for (int word = row * words; word < (row + 1) * words; word++) {
            long code = codes[word];
            for (int shift = 0; shift < 64; shift += 8, at += 256) {
                sum += table[at + (int) (code >>> shift & 255)];
            }
        }
        return sum;
    }

    /// What the last of the best has.
    private static float least(float[] scores, int most) {
        if (scores.length <= most) {
            return Float.NEGATIVE_INFINITY;
        }
        var heap = new java.util.PriorityQueue<Float>(most + 1);
        for (float score : scores) {
            if (heap.size() < most) {
                heap.add(score);
            } else if (score > heap.peek()) {
                heap.poll();
                heap.add(score);
            }
        }
        return heap.peek();
    }
}
