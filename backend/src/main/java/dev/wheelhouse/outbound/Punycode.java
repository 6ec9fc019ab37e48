package dev.wheelhouse.outbound;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/// Labels of host names with letters that Java's older tables would replace by others: `ß` and the final `ς`. They are
/// kept, as browsers keep them (UTS 46 without its transition), and encoded as RFC 3492 says.
///
/// The library that has the whole of UTS 46 is 14 MB; what differs from Java's own tables is these letters.
final class Punycode {

    private static final String PREFIX = "xn--";
    private static final String ALLOWED = "abcdefghijklmnopqrstuvwxyz0123456789-";
    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_LETTER = 128;
    private static final int LONGEST = 63;

    private Punycode() {}

    /// Refuses with an IllegalArgumentException, as [IDN#toASCII] does.
    static String label(String label) {
        // Everything but these letters has to be what a host name may have.
        IDN.toASCII(label.replace("ß", "ss").replace("ẞ", "ss").replace("ς", "σ"), IDN.ALLOW_UNASSIGNED);
        String mapped = Normalizer.normalize(label.replace('ẞ', 'ß').toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        boolean isClean = mapped.chars().allMatch(one -> one >= FIRST_LETTER || ALLOWED.indexOf(one) >= 0);
        if (!isClean) {
            throw new IllegalArgumentException("A letter of it stands for signs that no label has");
        }
        String encoded = PREFIX + encoded(mapped.codePoints().toArray());
        if (encoded.length() > LONGEST) {
            throw new IllegalArgumentException("A label has at most %d letters".formatted(LONGEST));
        }
        return encoded;
    }

    private static String encoded(int[] letters) {
        var out = new StringBuilder();
        for (int letter : letters) {
            if (letter < FIRST_LETTER) {
                out.append((char) letter);
            }
        }
        int plain = out.length();
        int done = plain;
        if (plain > 0) {
            out.append('-');
        }
        int next = FIRST_LETTER;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (done < letters.length) {
            int letter = Integer.MAX_VALUE;
            for (int one : letters) {
                letter = one >= next ? Math.min(letter, one) : letter;
            }
            delta += (letter - next) * (done + 1);
            next = letter;
            for (int one : letters) {
                if (one < next) {
                    delta++;
                } else if (one == next) {
                    number(out, delta, bias);
                    bias = adapted(delta, done + 1, done == plain);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static void number(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp(k - bias, LEAST, MOST);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int digit) {
        return (char) (digit < MOST ? 'a' + digit : '0' + digit - MOST);
    }

    private static int adapted(int delta, int points, boolean isFirst) {
        int rest = isFirst ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return k + (BASE - LEAST + 1) * rest / (rest + SKEW);
    }
}
