package dev.wheelhouse.secrets;

import dev.wheelhouse.base.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/// Every form in which a value is looked for: as it is, in Base64 of both alphabets wherever it stands in what was
/// encoded, in hex, as in addresses, as in JSON, once and twice, and each longer line of it.
///
/// What is looked for has at least [NewSecret#FEWEST_CHARACTERS] characters. Not found: what was reversed, encrypted,
/// packed or split.
final class Disguises {

    private static final int SHORTEST_LINE = 16;

    private final Set<String> forms = new LinkedHashSet<>();
    private final Set<String> base64 = new LinkedHashSet<>();

    private Disguises() {}

    static Disguises of(String value) {
        var disguises = new Disguises();
        disguises.add(value);
        String bare = value.strip();
        disguises.add(bare);
        if (bare.indexOf('\n') >= 0) {
            String unix = bare.replace("\r\n", "\n");
            disguises.add(unix);
            disguises.add(unix.replace("\n", "\r\n"));
            bare.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
                    .forEach(disguises::add);
        }
        return disguises;
    }

    /// Those of which the letters before and after hold some bits of the value too.
    Set<String> base64() {
        return base64;
    }

    Set<String> others() {
        return forms;
    }

    private void add(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        plain(value);
        for (int before = 0; before < 3; before++) {
            String inner = middle(bytes, before);
            base64.add(inner);
            base64.add(inner.replace('+', '-').replace('/', '_'));
        }
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(java.util.Locale.ROOT));
        addresses(value, bytes);
    }

    private void plain(String value) {
        forms.add(value);
        String once = escaped(value);
        forms.add(once);
        forms.add(escaped(once));
        forms.add(once.replace("/", "\\/"));
    }

    private static String escaped(String value) {
        String quoted = Json.quote(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    /// The letters that depend on nothing but the value, with so many bytes before it.
    private static String middle(byte[] value, int before) {
        byte[] all = new byte[before + value.length];
        System.arraycopy(value, 0, all, before, value.length);
        String letters = Base64.getEncoder().withoutPadding().encodeToString(all);
        return letters.substring((before * 8 + 5) / 6, all.length * 8 / 6);
    }

    private void addresses(String value, byte[] bytes) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20");
        String strict = path.replace("*", "%2A").replace("%7E", "~");
        String lax = strict;
        for (String kept : new String[] {"!", "'", "(", ")", "*"}) {
            lax = lax.replace("%%%02X".formatted((int) kept.charAt(0)), kept);
        }
        var every = new StringBuilder();
        for (byte letter : bytes) {
            every.append("%%%02X".formatted(letter & 0xff));
        }
        for (String written : Arrays.asList(form, path, strict, lax, every.toString())) {
            forms.add(written);
            forms.add(small(written));
        }
    }

    /// `%2F` as `%2f`.
    private static String small(String written) {
        var small = new StringBuilder(written);
        for (int at = written.indexOf('%'); at >= 0 && at + 2 < written.length(); at = written.indexOf('%', at + 1)) {
            small.setCharAt(at + 1, Character.toLowerCase(written.charAt(at + 1)));
            small.setCharAt(at + 2, Character.toLowerCase(written.charAt(at + 2)));
        }
        return small.toString();
    }
}
