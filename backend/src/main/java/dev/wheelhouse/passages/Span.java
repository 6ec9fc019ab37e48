package dev.wheelhouse.passages;

/// A stretch of a page that is not cut further, such as a sentence.
///
/// @param to behind its last character
record Span(int from, int to, int pieces) {

    static Span of(String text, int from, int to) {
        return new Span(from, to, Pieces.count(text, from, to));
    }
}
