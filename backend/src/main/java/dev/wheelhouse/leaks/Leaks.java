package dev.wheelhouse.leaks;

import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Hosts;
import dev.wheelhouse.runs.StepContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/// Which hosts an answer may lead to.
public final class Leaks {

    /// In place of an address: no scheme that anything opens.
    private static final String CLOSED = "removed-link:";

    private static final String REST = "[^\\s\"'<>()\\[\\]{}`|^]*";
    /// An address of IPv6, in the only place where it may stand.
    private static final String LITERAL = "(?:[^\\s\"'<>()\\[\\]]*\\[[0-9a-f:.%]+\\])?";

    private static final Pattern ADDRESS = Pattern.compile("(?i)(?<![a-z0-9+.-])(?:"
            + "(?:[a-z][a-z0-9+.-]{0,20}:)?[/\\\\]{2,}" + LITERAL + REST
            + "|(?:https?|ftp|wss?):" + LITERAL + REST
            + "|(?:mailto|javascript|vbscript|tel|sms):[^\\s\"'<>()\\[\\]{}`|^]" + REST
            + "|(?:data:[a-z]+/|file:/|blob:http)" + REST
            + "|www[.。．｡]" + REST + ")");
    private static final Pattern HOST =
            Pattern.compile("(?i)^(?:[a-z][a-z0-9+.-]*:)?[/\\\\]*(?:[^/\\\\?#]*@)?([^/\\\\?#:]*)");
    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9-]+(?:\\.[a-z0-9-]+)+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([!-/:-@\\[-`{-~])");
    private static final Pattern PASSED_OVER = Pattern.compile("[\\t\\r\\n\\u00AD\\u200B-\\u200D\\u2060\\uFEFF]");
    private static final Pattern DOTS = Pattern.compile("[。．｡]");
    private static final Pattern WORDS = Pattern.compile("\\S+");
    private static final int LONGEST_NAME = 60;

    private final Set<String> hosts = new HashSet<>();
    private final List<String> patterns;

    private Leaks(List<String> texts, List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        for (String text : texts) {
            NAME.matcher(text).results().forEach(name -> hosts.add(name.group().toLowerCase(Locale.ROOT)));
        }
    }

    /// Leads to hosts that these texts name.
    ///
    /// @param texts of those who are trusted: an agent's instructions, what its user said
    /// @param patterns of further hosts, as [Hosts#fits] reads them
    public static Leaks but(List<String> texts, List<String> patterns) {
        return new Leaks(texts, patterns);
    }

    /// The text with nothing in it that leads elsewhere.
    public String close(String text) {
        return WORDS.matcher(text).replaceAll(word -> Matcher.quoteReplacement(word(word.group())));
    }

    /// The context of a step that shows its text only after it was closed. [Guarded#end] shows the rest.
    public Guarded guard(StepContext context) {
        return new Guarded(context, this);
    }

    /// A word without white space, which no address goes beyond.
    String word(String word) {
        String closed = closed(word);
        String plain = plain(closed);
        String again = plain.equals(closed) ? closed : closed(plain);
        return again.equals(plain) ? closed : again;
    }

    /// As whoever shows it would read it.
    private static String plain(String word) {
        String read = word.indexOf('&') < 0 ? word : Parser.unescapeEntities(word, false);
        return PASSED_OVER.matcher(ESCAPE.matcher(read).replaceAll("$1")).replaceAll("");
    }

    private String closed(String word) {
        return ADDRESS.matcher(word).replaceAll(address -> Matcher.quoteReplacement(closed(address)));
    }

    private String closed(MatchResult found) {
        String address = found.group();
        var parts = HOST.matcher(address);
        String host =
                parts.find() ? DOTS.matcher(parts.group(1)).replaceAll(".").toLowerCase(Locale.ROOT) : "";
        int colon = address.indexOf(':');
        boolean hasScheme = colon > 0 && Character.isLetter(address.charAt(0));
        if (!hasScheme && host.indexOf('.') < 0
                || host.isEmpty() && address.matches("(?i)(?:(?:https?|ftp|wss?):)?[/\\\\]*")) {
            // A comment of a program, a path with two strokes, a scheme that is talked about.
            return address;
        }
        boolean isKnown = hosts.contains(host) || patterns.stream().anyMatch(pattern -> Hosts.fits(pattern, host));
        return isKnown
                ? address
                : CLOSED + Text.shorten(host.isEmpty() ? address.substring(0, colon) : host, LONGEST_NAME);
    }
}
