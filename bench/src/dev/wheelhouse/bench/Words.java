package dev.wheelhouse.bench;

import java.util.Random;

/// Text that is as long as a message of people and as hard to compress as theirs.
final class Words {

    private static final String LETTERS = "etaoinshrdlucmfwypvbgk";

    private Words() {}

    /// About so many characters of words; the same for the same seed.
    static String of(int characters, long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.length() < characters) {
            int letters = 2 + random.nextInt(8);
            for (int letter = 0; letter < letters; letter++) {
                // Common letters come more often.
                text.append(
                        LETTERS.charAt(Math.min(random.nextInt(LETTERS.length()), random.nextInt(LETTERS.length()))));
            }
            text.append(' ');
        }
        return text.toString().strip();
    }
}
