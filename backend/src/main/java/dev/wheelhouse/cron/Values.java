package dev.wheelhouse.cron;

import java.util.BitSet;

/// The values that a field lists: `*`, `5`, `1-5`, `*/15`, `10-50/20`, `mon,wed`.
///
/// @param isAny the field begins with `*` or is `?`, so that it restricts nothing by itself
record Values(BitSet bits, boolean isAny) {

    static Values of(Field field, String text) {
        var bits = new BitSet();
        for (String part : text.split(",", -1)) {
            add(field, part, bits);
        }
        if (field == Field.WEEKDAY && bits.get(7)) {
            bits.set(0);
            bits.clear(7);
        }
        return new Values(bits, text.startsWith("*") || text.equals("?"));
    }

    private static void add(Field field, String part, BitSet bits) {
        String[] halves = part.split("/", -1);
        if (part.isEmpty() || halves.length > 2) {
            throw new Field.Wrong("\"%s\" is no %s".formatted(part, field.words), field.hint());
        }
        int step = halves.length == 1 ? 1 : step(field, halves[1]);
        if (halves[0].equals("*") || halves[0].equals("?")) {
            add(field, field.least, field == Field.WEEKDAY ? 6 : field.most, step, bits);
            return;
        }
        String[] ends = halves[0].split("-", -1);
        if (ends.length > 2) {
            throw new Field.Wrong("\"%s\" is no range".formatted(halves[0]), "Write it as from-to");
        }
        int from = field.value(ends[0]);
        int otherwise = halves.length == 1 ? from : field == Field.WEEKDAY ? 6 : field.most;
        add(field, from, ends.length == 2 ? field.value(ends[1]) : otherwise, step, bits);
    }

    private static int step(Field field, String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) == 0 || Integer.parseInt(text) > field.most) {
            throw new Field.Wrong(
                    "\"/%s\" is no step of a %s".formatted(text, field.words),
                    "Use 1 to %d behind the `/`".formatted(field.most));
        }
        return Integer.parseInt(text);
    }

    /// A range may go over the end: `fri-mon`, `22-2`.
    private static void add(Field field, int from, int to, int step, BitSet bits) {
        int size = field == Field.WEEKDAY ? 7 : field.most - field.least + 1;
        int end = to >= from ? to : to + size;
        for (int value = from; value <= end; value += step) {
            bits.set(value <= field.most ? value : value - size);
        }
    }

    boolean has(int value) {
        return bits.get(value);
    }

    /// The first value from this one on, or -1.
    int from(int value) {
        return bits.nextSetBit(value);
    }

    int first() {
        return bits.nextSetBit(0);
    }
}
