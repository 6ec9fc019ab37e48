package dev.wheelhouse.demo;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.demo.DemoAction.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads plain requests; `docs/demo-model.md` lists what it understands.
final class DemoPhrases {

    /// Longer texts are not plain requests, and patterns would be slow on them.
    private static final int LONGEST_REQUEST = 1000;

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final String POLITE = "^\\s*(?:please\\s+)?(?:ask\\s+me\\s+before\\s+you\\s+)?";
    private static final Pattern THEN = Pattern.compile(
            "[,;.]?\\s++(?:and\\s++)?then\\s++(?=(?:please|note|remember|read|list|wait|fetch|get|use|call|ask|what|calculate|hold|release)\\b)",
            FLAGS);
    private static final Pattern HAND_OVER =
            Pattern.compile(POLITE + "hand\\s+over\\s+to\\s+([a-z][a-z0-9-]{0,62})\\s*:\\s*(.+)$", FLAGS);
    private static final Pattern ASK_PERSON = Pattern.compile(
            "^\\s*(?:please\\s+)?ask\\s+(?:a\\s+person|somebody|someone|me)\\s+"
                    + "((whether|if|what|which|who|when|where|why|how)\\b[^:?]{0,400})(?::\\s*([^?]{1,400}))?[\\s?.!]*$",
            FLAGS);
    private static final Pattern OR = Pattern.compile("\\s*,\\s*(?:or\\s+)?|\\s+or\\s+", FLAGS);
    private static final Pattern WRITE_NOTE = Pattern.compile(
            POLITE + "(?:note|remember|write (?:a )?note|save (?:a )?note)\\s+([^:\\n]{1,80}?)\\s*:\\s*(.+)$", FLAGS);
    private static final Pattern READ_NOTE =
            Pattern.compile(POLITE + "read\\s+(?:the\\s+|my\\s+)?note\\s+(.{1,80}?)[\\s?.!]*$", FLAGS);
    private static final Pattern LIST_NOTES =
            Pattern.compile("\\b(?:list|show|which|what)\\s+(?:are\\s+)?(?:all\\s+|the\\s+|my\\s+)*notes\\b", FLAGS);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"')]+", FLAGS);
    private static final Pattern FAIL = Pattern.compile(POLITE + "fail\\b.{0,20}$", FLAGS);
    private static final Pattern HOLD =
            Pattern.compile(POLITE + "(hold|release)\\s+([a-z0-9][a-z0-9_-]{0,62})[\\s.!]*$", FLAGS);
    private static final Pattern LOOP = Pattern.compile("^\\s*(?:please\\s+)?loop\\b", FLAGS);
    private static final Pattern LONG = Pattern.compile("\\blong\\s+(?:answer|text|story|reply)\\b", FLAGS);
    private static final Pattern SAY = Pattern.compile(POLITE + "(?:say|echo)\\s+(.+)$", FLAGS);
    private static final Pattern TIME = Pattern.compile(
            "\\b(?:what\\s+time|time\\s+is\\s+it|the\\s+time|what(?:'s|\\s+is)\\s+the\\s+date|what\\s+day|today'?s\\s+date)\\b",
            FLAGS);
    private static final Pattern ZONE = Pattern.compile("\\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+\\b");
    private static final Pattern USE = Pattern.compile("\\b(?:use|call|try|run)\\b", FLAGS);
    private static final Pattern QUESTION =
            Pattern.compile("\\?|^\\s*(?:please\\s+)?(?:what|how|which|tell|find|get|show|check)\\b", FLAGS);
    private static final Pattern PLACE = Pattern.compile("\\bin\\s+(\\p{Lu}[\\p{L}'.-]*(?:\\s+\\p{Lu}[\\p{L}'.-]*)*)");
    private static final Set<String> NOT_TELLING =
            Set.of("get", "find", "look", "lookup", "up", "search", "fetch", "list", "read", "show", "tell", "current");
    // A name with an underscore is a tool's, or is meant to be.
    private static final Pattern USE_ONE = Pattern.compile(
            POLITE
                    + "(?:use|call|try|run)\\s+(?:the\\s+tool\\s+)?`?([a-z][a-z0-9]*(?:_[a-z0-9]+)+|calculator|clock|wait)",
            FLAGS);
    private static final String SUM = "[-(]*\\d[\\d\\s.,()]*(?:[-+*/^×x÷%][-\\s(]*\\d[\\d\\s.)]*)+";
    private static final Pattern ASKED_SUM = Pattern.compile(
            "\\b(?:what(?:'s|\\s+is)|calculate|compute|how\\s+much\\s+is|calculator(?:\\s+for)?)\\s+(" + SUM + ")",
            FLAGS);
    private static final Pattern BARE_SUM = Pattern.compile("^\\s*(" + SUM + ")\\s*[=?]*\\s*$", FLAGS);

    private DemoPhrases() {}

    /// The requests of a message, one for each "then".
    static List<String> requests(String asked) {
        if (asked.length() > LONGEST_REQUEST) {
            return List.of(asked);
        }
        return Arrays.stream(THEN.split(asked)).filter(part -> !part.isBlank()).toList();
    }

    /// Whether the first request is about all the text that follows it, whatever that says.
    static boolean takesAll(String asked) {
        return WRITE_NOTE.matcher(asked).find()
                || HAND_OVER.matcher(asked).find()
                || SAY.matcher(asked).find();
    }

    /// Whether it asks for something that the demo model can do, with whatever tools.
    static boolean isKnown(String asked) {
        return isLoop(asked) || USE.matcher(asked).find() || of(requests(asked).getFirst(), Set.of()) != null;
    }

    static boolean isLoop(String asked) {
        return LOOP.matcher(asked).find();
    }

    static boolean isHold(String request) {
        return HOLD.matcher(request).replaceFirst("$1").equalsIgnoreCase("hold");
    }

    /// The offered tools that a message names; `notes_write` may be written "notes write".
    static List<String> named(String asked, Set<String> tools) {
        String plain = asked.toLowerCase(Locale.ROOT).replace('_', ' ');
        return tools.stream()
                .filter(tool -> Pattern.compile("\\b"
                                + Pattern.quote(tool.toLowerCase(Locale.ROOT).replace('_', ' ')) + "\\b")
                        .matcher(plain)
                        .find())
                .toList();
    }

    /// Null where the message asks for nothing that the demo model can do.
    static @Nullable DemoAction of(String request, Set<String> tools) {
        if (FAIL.matcher(request).find()) {
            return new DemoAction.Fail();
        }
        Matcher hold = HOLD.matcher(request);
        if (hold.find()) {
            String name = hold.group(2).toLowerCase(Locale.ROOT);
            return hold.group(1).equalsIgnoreCase("release")
                    ? new DemoAction.Release(name)
                    : new DemoAction.Hold(name, new DemoAction.Say(DemoTexts.RELEASED));
        }
        String start = request.substring(0, Math.min(request.length(), LONGEST_REQUEST));
        var uses = new LinkedHashMap<String, Map<String, Object>>();
        readHandOver(request, uses);
        readAskPerson(start, uses);
        if (uses.isEmpty()) {
            readNotes(request, uses);
        }
        if (uses.isEmpty()) {
            Matcher said = SAY.matcher(request);
            if (said.find()) {
                return new DemoAction.Say(said.group(1).strip());
            }
            String odd = DemoTimes.oddUnit(start);
            if (odd != null) {
                return new DemoAction.Say(DemoTexts.unknownUnit(odd));
            }
            readRest(start, tools, uses);
        }
        return uses.isEmpty() ? withoutTools(start) : toolsOf(uses, tools);
    }

    private static @Nullable DemoAction withoutTools(String request) {
        var slow = DemoTimes.slow(request);
        if (slow != null) {
            return new DemoAction.Slow(slow);
        }
        return LONG.matcher(request).find() ? new DemoAction.Say(DemoTexts.LONG) : null;
    }

    private static DemoAction toolsOf(Map<String, Map<String, Object>> uses, Set<String> tools) {
        var missing =
                uses.keySet().stream().filter(tool -> !tools.contains(tool)).toList();
        if (!missing.isEmpty()) {
            return new DemoAction.Say(DemoTexts.notOffered(missing, tools));
        }
        var wished = new ArrayList<Use>();
        uses.forEach((tool, known) -> wished.add(new Use(tool, known)));
        return new DemoAction.Tools(DemoTexts.remark(List.copyOf(uses.keySet())), wished);
    }

    /// What is handed over is for the other to read.
    private static void readHandOver(String request, Map<String, Map<String, Object>> uses) {
        Matcher hand = HAND_OVER.matcher(request);
        if (hand.find()) {
            var arguments = Json.mapper()
                    .createObjectNode()
                    .put("agent", hand.group(1))
                    .put("input", hand.group(2).strip());
            uses.put("call_agent", Map.of(DemoArguments.WHOLE, arguments));
        }
    }

    /// "whether" wants yes or no; after a colon stand the answers to choose from.
    private static void readAskPerson(String request, Map<String, Map<String, Object>> uses) {
        Matcher ask = ASK_PERSON.matcher(request);
        if (!ask.find()) {
            return;
        }
        String what = ask.group(1).strip().replaceAll("[.!]+$", "");
        boolean isYesOrNo = Set.of("whether", "if").contains(ask.group(2).toLowerCase(Locale.ROOT));
        var arguments = Json.mapper()
                .createObjectNode()
                .put("question", (isYesOrNo ? "The agent asks " : "") + what + (isYesOrNo ? "" : "?"));
        var options = ask.group(3) == null
                ? isYesOrNo ? List.of("yes", "no") : List.<String>of()
                : OR.splitAsStream(ask.group(3).strip().replaceAll("[.!]+$", ""))
                        .filter(option -> !option.isBlank())
                        .distinct()
                        .limit(20)
                        .toList();
        if (options.size() > 1) {
            options.forEach(arguments.putArray("options")::add);
        }
        uses.put("ask_person", Map.of(DemoArguments.WHOLE, arguments));
    }

    /// A note's text may say anything, so a request to write one is read no further.
    private static void readNotes(String request, Map<String, Map<String, Object>> uses) {
        Matcher write = WRITE_NOTE.matcher(request);
        Matcher read = READ_NOTE.matcher(request);
        if (write.find()) {
            uses.put(
                    "notes_write",
                    Map.of(
                            "name",
                            write.group(1).strip(),
                            "text",
                            write.group(2).strip()));
        } else if (read.find()) {
            uses.put("notes_read", Map.of("name", read.group(1).strip()));
        } else if (LIST_NOTES.matcher(request).find()) {
            uses.put("notes_list", Map.of());
        }
    }

    private static void readRest(String request, Set<String> tools, Map<String, Map<String, Object>> uses) {
        Matcher address = ADDRESS.matcher(request);
        if (address.find()) {
            uses.put("http_fetch", Map.of("url", address.group().replaceFirst("[.,;!?]+$", "")));
        }
        var wait = DemoTimes.wait(request);
        if (wait != null) {
            uses.put("wait", Map.of("length", wait));
        }
        Matcher sum = ASKED_SUM.matcher(request);
        Matcher bare = BARE_SUM.matcher(request);
        if (sum.find() || bare.find()) {
            String expression = sum.hasMatch() ? sum.group(1) : bare.group(1);
            uses.put("calculator", Map.of("expression", plain(expression)));
        }
        if (TIME.matcher(request).find()) {
            Matcher zone = ZONE.matcher(request);
            uses.put("clock", zone.find() ? Map.of("zone", zone.group()) : Map.of());
        }
        if (USE.matcher(request).find()) {
            Map<String, Object> given = givenArguments(request);
            named(request, tools).forEach(tool -> uses.putIfAbsent(tool, given));
        }
        Matcher absent = USE_ONE.matcher(request);
        if (uses.isEmpty() && absent.find()) {
            uses.put(absent.group(1).toLowerCase(Locale.ROOT), Map.of());
        }
        if (uses.isEmpty() && QUESTION.matcher(request).find()) {
            readMeant(request, tools, uses);
        }
    }

    /// A question with the telling words of a tool's name, such as "weather" of `get_weather`. The platform's own tools
    /// have their own phrases.
    private static void readMeant(String request, Set<String> tools, Map<String, Map<String, Object>> uses) {
        String plain = request.toLowerCase(Locale.ROOT);
        Matcher place = PLACE.matcher(request);
        Map<String, Object> known = place.find() ? Map.of("place", place.group(1)) : Map.of();
        for (String tool : tools) {
            var telling = Arrays.stream(tool.toLowerCase(Locale.ROOT).split("[_-]"))
                    .filter(word -> !NOT_TELLING.contains(word))
                    .toList();
            boolean isMeant = !telling.isEmpty()
                    && telling.stream().allMatch(word -> plain.matches("(?s).*\\b" + Pattern.quote(word) + "\\b.*"));
            if (isMeant && !DemoTexts.hasPhrase(tool)) {
                uses.put(tool, known);
            }
        }
    }

    /// `use some_tool {"city": "Rome"}`: arguments as JSON go to the tool as they are.
    static Map<String, Object> givenArguments(String request) {
        int start = request.indexOf('{');
        int end = request.lastIndexOf('}');
        if (start < 0 || end < start) {
            return Map.of();
        }
        try {
            return Map.of(DemoArguments.WHOLE, Json.read(request.substring(start, end + 1)));
        } catch (Problem notJson) {
            return Map.of();
        }
    }

    private static String plain(String expression) {
        return expression
                .strip()
                .replace('×', '*')
                .replace('x', '*')
                .replace('÷', '/')
                .replaceAll("[\\s.,]+$", "");
    }
}
