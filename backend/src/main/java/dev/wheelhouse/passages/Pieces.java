package dev.wheelhouse.passages;

/// Guesses into how many word pieces a model would take a text apart, a little on the high side.
final class Pieces {

    private static final int LETTERS_OF_A_PIECE = 6;

    private Pieces() {}

    /// Where a text has to be cut that it is no more than `most` pieces: behind the last word that fits, or
    /// inside one that is longer than all.
    static int fitting(String text, int from, int to, int most) {
        int pieces = 0;
        int letters = 0;
        int space = -1;
        for (int at = from; at < to; ) {
            int letter = text.codePointAt(at);
            if (Character.isLetterOrDigit(letter) && !Bigrams.isDense(letter)) {
                pieces += letters % LETTERS_OF_A_PIECE == 0 ? 1 : 0;
                letters++;
            } else {
                letters = 0;
                pieces += Character.isWhitespace(letter) ? 0 : 1;
                space = Character.isWhitespace(letter) ? at : space;
            }
            if (pieces > most) {
                return space > from ? space : Math.max(at, from + 1);
            }
            at += Character.charCount(letter);
        }
        return to;
    }

    static int count(String text, int from, int to) {
        int pieces = 0;
        int letters = 0;
        for (int at = from; at < to; ) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            if (Character.isLetterOrDigit(letter) && !Bigrams.isDense(letter)) {
                pieces += letters % LETTERS_OF_A_PIECE == 0 ? 1 : 0;
                letters++;
            } else {
                letters = 0;
                pieces += Character.isWhitespace(letter) ? 0 : 1;
            }
        }
        return pieces;
    }
}
