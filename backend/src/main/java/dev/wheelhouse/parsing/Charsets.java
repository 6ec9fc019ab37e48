package dev.wheelhouse.parsing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out in which letters a plain text was written, which nothing but its bytes tells.
final class Charsets {

    private static final int LOOKED_AT = 64 * 1024;

    /// Those of former times. What a machine does not have is passed over.
    private static final List<String> OLD = List.of(
            "windows-1252", "windows-1251", "IBM866", "KOI8-R", "windows-1250", "Shift_JIS", "GB18030", "EUC-KR");

    private Charsets() {}

    static String decode(byte[] bytes) {
        var marked = marked(bytes);
        if (marked != null) {
            return new String(bytes, marked).replace("\uFEFF", "");
        }
        String text = strictly(bytes, StandardCharsets.UTF_8);
        return text != null ? text : new String(bytes, oldest(bytes));
    }

    private static @Nullable Charset marked(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        if (first == 0xFFFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xFEFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xEFBB) {
            return StandardCharsets.UTF_8;
        }
        int even = zeros(bytes, 0);
        int odd = zeros(bytes, 1);
        int half = Math.min(bytes.length, 2_000) / 2;
        if (half > 4 && Math.max(even, odd) > half * 0.6 && Math.min(even, odd) < half * 0.1) {
            return even > odd ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static int zeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int at = from; at < Math.min(bytes.length, 2_000); at += 2) {
            zeros += bytes[at] == 0 ? 1 : 0;
        }
        return zeros;
    }

    static @Nullable String strictly(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// The one in which the text looks most like words.
    private static Charset oldest(byte[] bytes) {
        byte[] start = java.util.Arrays.copyOf(bytes, Math.min(bytes.length, LOOKED_AT));
        Charset best = StandardCharsets.ISO_8859_1;
        double most = Double.NEGATIVE_INFINITY;
        for (String name : OLD) {
            if (Charset.isSupported(name)) {
                var charset = Charset.forName(name);
                double likely = likely(new String(start, charset));
                if (likely > most) {
                    most = likely;
                    best = charset;
                }
            }
        }
        return best;
    }

    /// Letters beyond ASCII count for it where they continue a word of their own script in its case, and
    /// against it where they are drawings, controls, capitals within words or of a script of their own.
    private static double likely(String text) {
        double likely = 0;
        int last = ' ';
        for (int at = 0; at < text.length(); at++) {
            int letter = text.charAt(at);
            if (letter >= 128) {
                likely += weight(last, letter);
            }
            last = letter;
        }
        return likely;
    }

    private static double weight(int last, int letter) {
        if (letter == 0xFFFD || Character.isISOControl(letter) || letter >= 0x2500 && letter < 0x2600) {
            return -3;
        }
        if (!Character.isLetter(letter)) {
            return "’‘“”–—…€«»°§".indexOf(letter) >= 0 ? 0.8 : -0.6;
        }
        if (!Character.isLetter(last)) {
            return 0.2;
        }
        boolean isSame = Character.UnicodeScript.of(last) == Character.UnicodeScript.of(letter);
        boolean isCapitalInside = Character.isUpperCase(letter) && Character.isLowerCase(last);
        // A letter beyond ASCII between letters of ASCII is usual in the west, a row of them in the east.
        double same = last >= 128 ? letter < 0x250 ? 0.1 : 1 : 0.9;
        return isCapitalInside ? -2 : isSame ? same : -1;
    }
}
