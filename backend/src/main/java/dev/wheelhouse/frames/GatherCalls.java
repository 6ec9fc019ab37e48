package dev.wheelhouse.frames;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.ToolRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts tool calls together from fragments, however a server numbers, names and repeats them.
///
/// A fragment belongs to the call with its id; without one to the last call with its index; without both, or
/// under an index that nobody has opened, to the last call. A new id, or a name after arguments that are
/// complete, opens a call. What is said again adds nothing.
public final class GatherCalls {

    /// An empty object with some space around it has no more characters.
    private static final int SHORT = 64;

    private static final String UNNAMED = "unnamed_tool";
    private static final Set<String> NO_ARGUMENTS = Set.of("", "null", "\"\"", "[]");

    /// What some templates leave around the arguments: fences, tags, a brace too many.
    private static final Pattern BEFORE = Pattern.compile("^(?:```\\w*|<\\w+>)\\s*");

    private static final Pattern BEHIND = Pattern.compile("(?:[}\\]\\s]|```|</?[|\\w]+>)*+");

    /// A piece of a call, with null for what it does not say.
    public record Fragment(
            @Nullable String index,
            @Nullable String id,
            @Nullable String name,
            @Nullable String arguments,
            @Nullable JsonNode extra) {}

    private static final class Call {
        private final @Nullable String index;
        private @Nullable String id;
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
        private @Nullable JsonNode extra;

        Call(@Nullable String index) {
            this.index = index;
        }

        boolean isWhole() {
            return arguments.length() > 1
                    && arguments.charAt(arguments.length() - 1) == '}'
                    && isObject(arguments.toString());
        }
    }

    private final FitNames names;
    private final List<Call> calls = new ArrayList<>();

    GatherCalls(FitNames names) {
        this.names = names;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    public void add(Fragment fragment) {
        Call call = find(fragment);
        if (call == null || opensAnother(call, fragment)) {
            call = new Call(fragment.index());
            calls.add(call);
        }
        if (fragment.id() != null && call.id == null) {
            call.id = fragment.id();
        }
        if (fragment.extra() != null) {
            call.extra = fragment.extra();
        }
        name(call, fragment.name());
        arguments(call, fragment.arguments());
    }

    private @Nullable Call find(Fragment fragment) {
        Call byId = fragment.id() == null ? null : last(call -> fragment.id().equals(call.id));
        Call byIndex =
                fragment.index() == null ? null : last(call -> fragment.index().equals(call.index));
        if (byId != null && (byIndex == null || byIndex == byId)) {
            // The same id under another index is another call: some servers number all calls of an answer alike.
            boolean isNew = fragment.index() != null && byId.index != null && byIndex == null;
            return isNew && fragment.name() != null ? null : byId;
        }
        boolean isRest = fragment.id() == null && fragment.name() == null;
        if (byIndex != null || fragment.index() != null && !isRest) {
            return byIndex;
        }
        if (calls.isEmpty()) {
            return null;
        }
        Call last = calls.getLast();
        if (fragment.index() != null && last.isWhole()) {
            return null;
        }
        boolean isOther = fragment.id() != null && last.id != null;
        return isOther && (fragment.name() != null || last.isWhole()) ? null : last;
    }

    private @Nullable Call last(java.util.function.Predicate<Call> condition) {
        return calls.reversed().stream().filter(condition).findFirst().orElse(null);
    }

    private boolean opensAnother(Call call, Fragment fragment) {
        if (fragment.id() != null && call.id != null) {
            return !fragment.id().equals(call.id) && !isRest(call, fragment);
        }
        if (fragment.name() == null || call.name.isEmpty()) {
            return false;
        }
        boolean saysAgain = fragment.name().equals(call.name)
                && (fragment.arguments() == null
                        || fragment.arguments().isBlank()
                        || fragment.arguments().contentEquals(call.arguments));
        if (saysAgain && fragment.id() == null) {
            return false;
        }
        boolean other = !fragment.name().equals(call.name)
                && call.arguments.isEmpty()
                && names.isOffered(call.name)
                && !names.beginsOffered(call.name + fragment.name())
                && !fragment.name().startsWith(call.name);
        return call.isWhole() || other;
    }

    /// Some servers make up an id anew for each fragment; one without a name goes on with what is not complete.
    private static boolean isRest(Call call, Fragment fragment) {
        return fragment.name() == null && !call.isWhole();
    }

    /// Said again, said in pieces, or said longer each time.
    private void name(Call call, @Nullable String name) {
        if (name == null || name.equals(call.name)) {
            return;
        }
        boolean isLonger = name.startsWith(call.name);
        call.name = isLonger || !names.beginsOffered(call.name + name) ? longer(call.name, name) : call.name + name;
    }

    private String longer(String before, String name) {
        boolean isPiece = !before.isEmpty() && !name.startsWith(before) && !names.isOffered(before);
        return isPiece ? before + name : name;
    }

    private static void arguments(Call call, @Nullable String piece) {
        if (piece == null || piece.isEmpty()) {
            return;
        }
        var so = call.arguments;
        if (!call.isWhole()) {
            // Some say all so far each time; JSON never has one opening brace behind the other.
            boolean isAllSoFar =
                    piece.length() > so.length() && so.indexOf("{") == 0 && piece.startsWith(so.toString());
            so.setLength(isAllSoFar ? 0 : so.length());
            so.append(piece);
        } else if (so.length() < SHORT
                && so.toString().strip().equals("{}")
                && piece.stripLeading().startsWith("{")) {
            // An empty object first, and then the arguments.
            call.arguments.setLength(0);
            call.arguments.append(piece);
        } else if (!isObject(piece)) {
            call.arguments.append(piece);
        }
    }

    /// @param isCut whether the answer was cut off: what is not complete then, is not meant
    List<ToolRequest> all(boolean isCut) {
        var requests = new ArrayList<ToolRequest>();
        var ids = new HashSet<String>();
        for (Call call : calls) {
            String arguments = readable(call.arguments.toString());
            if (isEmpty(call) || isCut && !isObject(arguments)) {
                continue;
            }
            String id = call.id;
            boolean isUsable = id != null && !id.isBlank() && ids.add(id);
            requests.add(new ToolRequest(
                    isUsable ? id : newId(), call.name.isBlank() ? UNNAMED : names.own(call.name), arguments));
        }
        return requests;
    }

    private static boolean isEmpty(Call call) {
        return call.name.isBlank() && call.arguments.isEmpty() && call.id == null;
    }

    /// What belongs to each call of [#all], null where nothing does.
    List<@Nullable JsonNode> extras() {
        var extras = new ArrayList<@Nullable JsonNode>();
        calls.stream().filter(call -> !isEmpty(call)).forEach(call -> extras.add(call.extra));
        return extras;
    }

    /// Fits every server: letters and digits, and no more than forty of them.
    private static String newId() {
        return "call" + Ids.next().toString().replace("-", "");
    }

    private static String readable(String arguments) {
        String text = BEFORE.matcher(arguments.strip()).replaceFirst("");
        if (NO_ARGUMENTS.contains(text)) {
            return "{}";
        }
        if (isObject(text)) {
            return text;
        }
        try (var parser = Json.lenientMapper().getFactory().createParser(text)) {
            JsonNode value = Json.lenientMapper().readTree(parser);
            String rest = text.substring((int) parser.currentLocation().getCharOffset());
            String meant = meant(value, rest.strip());
            return isObject(meant) ? meant : arguments;
        } catch (IOException notJson) {
            return arguments;
        }
    }

    /// A text that holds the object, the object behind an empty one, or the object before signs that are none of it.
    private static String meant(JsonNode value, String rest) {
        if (value.isTextual()) {
            return value.asText();
        }
        return value.isEmpty() ? rest : BEHIND.matcher(rest).matches() ? value.toString() : "";
    }

    private static boolean isObject(String text) {
        try {
            return Json.read(text).isObject();
        } catch (Problem notJson) {
            return false;
        }
    }
}
