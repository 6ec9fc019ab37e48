package dev.wheelhouse.wire;

import java.util.BitSet;

/// A set of the letters of Latin-1. A look into a table costs a tenth of a pattern, and a request has hundreds of
/// letters.
enum Letters {
    /// Of a method and of a header's name (RFC 9110, 5.6.2).
    TOKEN(named("!#$%&'*+.^_`|~-")),
    /// Of a path with its query.
    PATH(named("._~!$&'()*+,;=:@/?%[]-")),
    /// Of a header's value: no control character but the tab.
    VALUE(visible());

    private final BitSet letters;

    Letters(BitSet letters) {
        this.letters = letters;
    }

    boolean areAll(String text, int from, int end) {
        int at = from;
        while (at < end && letters.get(text.charAt(at))) {
            at++;
        }
        return at == end;
    }

    private static BitSet named(String signs) {
        var letters = new BitSet(256);
        letters.set('0', '9' + 1);
        letters.set('A', 'Z' + 1);
        letters.set('a', 'z' + 1);
        signs.chars().forEach(letters::set);
        return letters;
    }

    private static BitSet visible() {
        var letters = new BitSet(256);
        letters.set(' ', 256);
        letters.set('\t');
        letters.clear(0x7F);
        return letters;
    }
}
