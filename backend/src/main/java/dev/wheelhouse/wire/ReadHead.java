package dev.wheelhouse.wire;

import dev.wheelhouse.wire.Gate.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the head of a request, given as the text between its first byte and the empty line, in Latin-1. Each LF in it
/// is behind a CR.
final class ReadHead {

    static final int LONGEST_TARGET = 8_192;
    static final int MOST_FIELDS = 100;
    static final String NOWHERE = "/refused";

    /// Those that are known by name: where one is not allowed, the answer says which are.
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY");
    private static final Pattern PLACE = Pattern.compile("^[A-Z]+ (/[A-Za-z0-9._~/-]{0,200})(?=[ ?])");
    private static final Pattern VERSION = Pattern.compile("HTTP/(\\d)\\.(\\d)");
    private static final Pattern PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /// A letter or a digit is the same whether it is encoded or not.
    private static final Pattern ENCODED_LETTER =
            Pattern.compile("%(3[0-9]|[46][1-9A-F]|[57][0-9A])", Pattern.CASE_INSENSITIVE);

    private static final Pattern WHOLE = Pattern.compile("https?://([^/?#]*)([/?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~!$&'()*+;=%-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{0,5}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /// What the framework is told anew, or nothing of.
    private static final Set<String> OURS = Set.of(
            "content-length",
            "transfer-encoding",
            "content-encoding",
            "expect",
            "connection",
            "accept-encoding",
            "te",
            "trailer",
            "upgrade",
            "http2-settings");

    private final Map<String, List<String>> known = new HashMap<>();
    private final List<Field> kept = new ArrayList<>();

    private ReadHead() {}

    /// The path that a head asks for, whatever else is wrong with it.
    static String place(String text) {
        var place = PLACE.matcher(text);
        return place.find() ? place.group(1) : NOWHERE;
    }

    static Head of(String text) {
        return new ReadHead().read(text);
    }

    private Head read(String text) {
        var lines = lines(text);
        String line = lines.getFirst();
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second < 0 || line.indexOf(' ', second + 1) >= 0 || !Letters.TOKEN.areAll(line, 0, first)) {
            throw new Refused(Fault.LINE);
        }
        String method = line.substring(0, first);
        boolean isOld = isOld(line.substring(second + 1));
        if (!METHODS.contains(method)) {
            throw new Refused(Fault.UNKNOWN_METHOD);
        }
        if (lines.size() - 1 > MOST_FIELDS) {
            throw new Refused(Fault.HEAD_COUNT);
        }
        for (int at = 1; at < lines.size(); at++) {
            field(lines.get(at));
        }
        String target = target(method, line.substring(first + 1, second), isOld);
        String accepted = Accepted.coding(values("accept-encoding"));
        if (!accepted.isEmpty()) {
            kept.add(new Field("Accept-Encoding", accepted));
        }
        if (words("connection").anyMatch("close"::equalsIgnoreCase)) {
            kept.add(new Field("Connection", "close"));
        }
        return new Head(method, target, isOld, kept, length(isOld), expectsContinue(isOld), coding());
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 2)) {
            if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
                throw new Refused(Fault.LINE_END);
            }
            lines.add(text.substring(from, at));
            from = at + 2;
        }
        lines.add(text.substring(from));
        return lines;
    }

    private static boolean isOld(String version) {
        if (version.equals("HTTP/1.1")) {
            return false;
        }
        var form = VERSION.matcher(version);
        if (!form.matches()) {
            throw new Refused(Fault.LINE);
        }
        if (!form.group(1).equals("1")) {
            throw new Refused(Fault.VERSION);
        }
        return form.group(2).equals("0");
    }

    private void field(String line) {
        if (line.startsWith(" ") || line.startsWith("\t")) {
            throw new Refused(Fault.HEADER_FOLD);
        }
        int colon = line.indexOf(':');
        if (colon <= 0 || !Letters.TOKEN.areAll(line, 0, colon)) {
            throw new Refused(Fault.HEADER_NAME);
        }
        String value = trimmed(line.substring(colon + 1));
        if (!Letters.VALUE.areAll(value, 0, value.length())) {
            throw new Refused(Fault.HEADER_VALUE);
        }
        var field = new Field(line.substring(0, colon), value);
        String name = field.name().toLowerCase(Locale.ROOT);
        boolean isOurs = OURS.contains(name);
        if (isOurs || name.equals("host")) {
            known.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        if (!isOurs) {
            kept.add(field);
        }
    }

    private static String trimmed(String value) {
        int from = 0;
        int end = value.length();
        while (from < end && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
            from++;
        }
        while (end > from && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == '\t')) {
            end--;
        }
        return value.substring(from, end);
    }

    private List<String> values(String name) {
        return known.getOrDefault(name, List.of());
    }

    /// Of a header whose value is a list, in one line or in several.
    private Stream<String> words(String name) {
        return values(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(ReadHead::trimmed);
    }

    private String target(String method, String target, boolean isOld) {
        if (target.length() > LONGEST_TARGET) {
            throw new Refused(Fault.TARGET_LENGTH);
        }
        if (method.equals("CONNECT")) {
            throw new Refused(Fault.METHOD);
        }
        var hosts = values("host");
        if (hosts.size() > 1) {
            throw new Refused(Fault.HOST_TWICE);
        }
        if (hosts.isEmpty() && !isOld) {
            throw new Refused(Fault.HOST_MISSING);
        }
        hosts.forEach(ReadHead::checkHost);
        var whole = target.startsWith("/") ? null : WHOLE.matcher(target);
        if (whole != null && whole.matches()) {
            return ofWhole(whole.group(1), whole.group(2));
        }
        return target.equals("*") && method.equals("OPTIONS") ? "/*" : checked(target);
    }

    /// The host of a whole address is what counts, whatever the header says (RFC 9112, 3.2.2).
    private String ofWhole(String host, @Nullable String rest) {
        checkHost(host);
        kept.removeIf(field -> field.name().equalsIgnoreCase("host"));
        kept.addFirst(new Field("Host", host));
        String path = rest == null ? "/" : rest;
        return checked(path.startsWith("?") ? "/" + path : path);
    }

    private static String checked(String target) {
        if (!target.startsWith("/") || !Letters.PATH.areAll(target, 0, target.length())) {
            throw new Refused(Fault.TARGET);
        }
        if (target.indexOf('%') < 0 && !target.startsWith("//")) {
            return target;
        }
        if (PERCENT.matcher(target).find()) {
            throw new Refused(Fault.PERCENT);
        }
        return ENCODED_LETTER
                .matcher(target.replaceFirst("^//+", "/"))
                .replaceAll(letter -> Character.toString((char) Integer.parseInt(letter.group(1), 16)));
    }

    private static void checkHost(String host) {
        var form = HOST.matcher(host);
        boolean isHost = form.matches() && !PERCENT.matcher(host).find();
        String port = isHost ? form.group(2) : null;
        if (!isHost || port != null && !port.isEmpty() && Integer.parseInt(port) > 65_535) {
            throw new Refused(Fault.HOST);
        }
    }

    private long length(boolean isOld) {
        var lengths = values("content-length");
        var codings = values("transfer-encoding");
        if (!lengths.isEmpty() && !codings.isEmpty()) {
            throw new Refused(Fault.LENGTH_AND_CHUNKS);
        }
        if (!codings.isEmpty()) {
            checkCoding(isOld);
            return -1;
        }
        if (lengths.size() > 1
                || lengths.size() == 1 && !NUMBER.matcher(lengths.getFirst()).matches()) {
            throw new Refused(Fault.LENGTH);
        }
        return lengths.isEmpty() ? 0 : Long.parseLong(lengths.getFirst());
    }

    private void checkCoding(boolean isOld) {
        var words = words("transfer-encoding")
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        if (words.equals(List.of("chunked")) && !isOld) {
            return;
        }
        boolean isMisplaced =
                words.contains("") || words.subList(0, words.size() - 1).contains("chunked");
        throw new Refused(isOld || isMisplaced ? Fault.TRANSFER_ORDER : Fault.TRANSFER_CODING);
    }

    private boolean expectsContinue(boolean isOld) {
        var expected = values("expect");
        if (expected.isEmpty() || isOld) {
            return false;
        }
        if (!expected.stream().allMatch("100-continue"::equalsIgnoreCase)) {
            throw new Refused(Fault.EXPECTATION);
        }
        return true;
    }

    private String coding() {
        String coding = String.join(",", values("content-encoding")).toLowerCase(Locale.ROOT);
        return coding.equals("identity") ? "" : coding;
    }
}
