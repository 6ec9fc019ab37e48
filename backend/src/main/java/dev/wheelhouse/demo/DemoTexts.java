package dev.wheelhouse.demo;

import dev.wheelhouse.models.ModelMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the demo model says on its own.
final class DemoTexts {

    static final String NOTHING_TO_LOOP =
            "To loop, I call a tool over and over, and this agent has none. Add `clock` to its definition.";

    static final String RELEASED = "Released.";

    private static final Map<String, String> PHRASES = phrases();

    private DemoTexts() {}

    private static Map<String, String> phrases() {
        var phrases = new LinkedHashMap<String, String>();
        phrases.put("calculator", "what is 17 * 23");
        phrases.put("clock", "what time is it");
        phrases.put("notes_write", "note rope: 40 m");
        phrases.put("notes_read", "read note rope");
        phrases.put("notes_list", "list notes");
        phrases.put("http_fetch", "fetch https://example.org");
        phrases.put("wait", "wait 10 s");
        phrases.put("ask_person", "ask a person whether the rope is new");
        phrases.put(DescribePassages.SEARCH, "how many days of leave do I have?");
        phrases.put("call_agent", "hand over to researcher: what time is it");
        return phrases;
    }

    /// It cannot look, but says what reached it.
    static String shown(List<ModelMessage.Image> images) {
        var pictures = images.stream()
                .map(image -> "%s of %,d bytes"
                        .formatted(image.type(), Base64.getDecoder().decode(image.base64()).length))
                .toList();
        return "I am the **demo model** and cannot look, but I was shown %d %s: %s."
                .formatted(images.size(), images.size() == 1 ? "picture" : "pictures", String.join(", ", pictures));
    }

    /// Whatever it does not understand leads here, so this is where people learn what to say.
    static String whoAmI(String asked, Set<String> tools) {
        var lines = new ArrayList<String>();
        boolean greeting = asked.strip().matches("(?is)(hi|hello|hey|good (morning|evening|day))\\b.{0,40}");
        lines.add((greeting ? "Hello! " : "")
                + "I am the **demo model**: a few rules in place of a language model, so that everything can be tried "
                + "without a key. I read only your last message. You can say, for example:");
        lines.add("");
        PHRASES.forEach((tool, phrase) -> {
            if (tools.contains(tool)) {
                lines.add("- `%s`".formatted(phrase));
            }
        });
        tools.stream()
                .filter(tool -> !PHRASES.containsKey(tool))
                .limit(5)
                .forEach(tool -> lines.add("- `use %s`".formatted(tool)));
        if (tools.contains("clock") && tools.contains("calculator")) {
            lines.add("- `use clock and calculator at once`");
        }
        lines.add("- `long answer`, `be slow for 5 s`, `fail`" + (tools.isEmpty() ? "" : ", `loop`"));
        lines.add("");
        lines.add("Set a key for a real model in the environment, and the same agents use it.");
        return String.join("\n", lines);
    }

    static boolean hasPhrase(String tool) {
        return PHRASES.containsKey(tool);
    }

    /// What it says before it calls tools, so that a person sees why the cards appear.
    static String remark(List<String> tools) {
        var quoted = tools.stream().map("`%s`"::formatted).toList();
        return tools.size() == 1
                ? "Calling %s.".formatted(quoted.getFirst())
                : "Calling %s and %s at once."
                        .formatted(String.join(", ", quoted.subList(0, quoted.size() - 1)), quoted.getLast());
    }

    static String notOffered(List<String> missing, Set<String> tools) {
        String wanted =
                String.join(", ", missing.stream().map("`%s`"::formatted).toList());
        String offered = tools.isEmpty()
                ? "It has no tools."
                : "It has %s."
                        .formatted(String.join(
                                ", ", tools.stream().map("`%s`"::formatted).toList()));
        return "For that I need the tool %s, which this agent does not have. %s Add it to `tools` in the agent's definition."
                .formatted(wanted, offered);
    }

    static String holding(String name) {
        return "Holding until somebody says `release %s` …\n\n".formatted(name);
    }

    static String unknownUnit(String unit) {
        return "I do not know how long a unit of \"%s\" is. Say `wait 10 s`, `wait 2 minutes` or `wait 1 hour`."
                .formatted(unit);
    }

    static String slowly(Duration length) {
        var text = new StringBuilder("Taking my time, as you asked:");
        long seconds = Math.max(1, length.toSeconds());
        for (long second = 1; second <= seconds; second++) {
            text.append(" ").append(second).append(second < seconds ? " …" : ".");
        }
        return text.append(" Done after %d s.".formatted(seconds)).toString();
    }

    static final String LONG = """
            ## How a run gets to its end

            A **run** is one turn of an agent: your message goes in, an answer comes out, and in between there may be \
            many steps. Each step is either a question to a model, a call of a tool, or a pause. What makes a run \
            *durable* is that every step is written down before anybody relies on it.

            ### What is written down

            1. Before a tool with an effect is called, the **intent** is stored: which tool, with which arguments.
            2. After the call the **result** is stored, together with the time it took and what it cost.
            3. The model sees the results and says what comes next, and the story goes on from there.

            A step that was stored is never done again. A step that was only begun is looked at with care: reading is \
            simply repeated, a write that carries a key is repeated under the same key, and a write without one is \
            shown to a person, because nobody can know whether it happened.

            ### What happens when a machine dies

            Suppose the process that executes this run is killed in the middle of a sentence. Its claim on the \
            run lapses after a few seconds, another replica takes the run over, reads what was stored, and asks the \
            model for the missing step again. You see the same page; the half sentence is replaced by a whole one.

            | What died | What you notice | What is lost |
            | --- | --- | --- |
            | one replica | a short pause | nothing that was stored |
            | all replicas | a longer pause | nothing that was stored |
            | the database | errors until it is back | nothing that was confirmed |

            ### Why bother

            An agent that books, writes or pays must not do so twice, and an agent that works for an hour must not \
            start over because a machine was replaced. Both follow from the same small habit: *say what you are \
            about to do, do it, say what came of it.* Sailors kept their logs in the same way, for the same reason.

            > This text is always the same, since the demo model has no imagination. A real model would have written \
            > something else, and the run around it would have looked exactly like this one.
            """.strip();
}
