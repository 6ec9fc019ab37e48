package dev.wheelhouse.pages;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// In which letters a page is written, in the order of HTML: the mark at its beginning, the header, what the page says
/// itself, and what its bytes can be. A label means what it means on the web (encoding.spec.whatwg.org), where Latin-1
/// is Windows-1252.
final class Charsets {

    private static final int LOOKED_AT = 1_024;
    private static final Pattern HEADER =
            Pattern.compile("charset\\s*=\\s*[\"']?([^\\s;\"',]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(-->|$)");
    private static final Pattern META = Pattern.compile("<meta[\\s/]([^>]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern META_CHARSET =
            Pattern.compile("(?:^|[\\s/\"'])charset\\s*=\\s*[\"']?\\s*([^\\s;\"'/>]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTENT =
            Pattern.compile("(?:^|[\\s/\"'])content\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s>]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern XML =
            Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']+)", Pattern.CASE_INSENSITIVE);

    private static final Charset WESTERN = Charset.forName("windows-1252");

    /// Labels that mean another charset on the web than to Java, or that Java does not know.
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"),
            Map.entry("x-unicode20utf8", "UTF-8"),
            Map.entry("utf-16", "UTF-16LE"),
            Map.entry("ucs-2", "UTF-16LE"),
            Map.entry("unicode", "UTF-16LE"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("latin5", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("big5", "Big5-HKSCS"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ms932", "windows-31j"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("korean", "x-windows-949"),
            Map.entry("iso-8859-8-i", "ISO-8859-8"),
            Map.entry("visual", "ISO-8859-8"),
            Map.entry("logical", "ISO-8859-8"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("x-cp1251", "windows-1251"),
            Map.entry("x-cp1252", "windows-1252"),
            Map.entry("koi8", "KOI8-R"),
            Map.entry("koi", "KOI8-R"),
            Map.entry("koi8-ru", "KOI8-U"),
            Map.entry("cyrillic", "ISO-8859-5"),
            Map.entry("greek", "ISO-8859-7"),
            Map.entry("arabic", "ISO-8859-6"),
            Map.entry("hebrew", "ISO-8859-8"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("x-mac-roman", "x-MacRoman"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("mac", "x-MacRoman"),
            Map.entry("x-mac-cyrillic", "x-MacCyrillic"));

    private Charsets() {}

    static Charset of(byte[] body, String type, String media) {
        var marked = mark(body);
        if (marked != null) {
            return marked;
        }
        var header = labelled(HEADER.matcher(type));
        if (header != null) {
            return header;
        }
        String begins = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var said = media.contains("html") ? meta(begins) : null;
        if (said == null && media.contains("ml")) {
            said = bytewise(labelled(XML.matcher(begins)));
        }
        return said != null ? said : isUtf8(body) ? StandardCharsets.UTF_8 : WESTERN;
    }

    /// Of the byte order mark, which is stronger than anything that is said.
    static @Nullable Charset mark(byte[] body) {
        int one = body.length > 0 ? body[0] & 0xFF : 0;
        int two = body.length > 1 ? body[1] & 0xFF : 0;
        if (one == 0xEF && two == 0xBB && body.length > 2 && (body[2] & 0xFF) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        return one == 0xFE && two == 0xFF
                ? StandardCharsets.UTF_16BE
                : one == 0xFF && two == 0xFE ? StandardCharsets.UTF_16LE : null;
    }

    private static @Nullable Charset meta(String begins) {
        var tags = META.matcher(COMMENT.matcher(begins).replaceAll(""));
        while (tags.find()) {
            String attributes = tags.group(1);
            var content = CONTENT.matcher(attributes);
            boolean isContent = attributes.toLowerCase(Locale.ROOT).contains("http-equiv") && content.find();
            var said = isContent
                    ? labelled(HEADER.matcher(content.group(1)))
                    : labelled(META_CHARSET.matcher(CONTENT.matcher(attributes).replaceAll(" ")));
            if (said != null) {
                return bytewise(said);
            }
        }
        return null;
    }

    /// Who could read the label of a page as single bytes has not read UTF-16.
    private static @Nullable Charset bytewise(@Nullable Charset said) {
        return said != null && said.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : said;
    }

    private static @Nullable Charset labelled(Matcher label) {
        return label.find() ? named(label.group(1).strip().toLowerCase(Locale.ROOT)) : null;
    }

    private static @Nullable Charset named(String label) {
        try {
            var charset = Charset.forName(LABELS.getOrDefault(label, label));
            boolean isWestern =
                    charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII);
            // No page on the web is written in these, though a label may say so to hide scripts from who looks for
            // them.
            boolean isForbidden = charset.name().matches("(?i)utf-?(7|32).*|.*2022-(KR|CN).*|IBM(037|1047|500).*");
            return isForbidden ? null : isWestern ? WESTERN : charset;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isUtf8(byte[] body) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.wrap(body);
        var letters = CharBuffer.allocate(body.length + 1);
        boolean isBroken = decoder.decode(bytes, letters, false).isError();
        // A body that was cut off may end in the middle of a letter, if there are others.
        return !isBroken && (!bytes.hasRemaining() || letters.position() < bytes.position());
    }
}
