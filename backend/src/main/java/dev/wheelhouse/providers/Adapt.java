package dev.wheelhouse.providers;

import static dev.wheelhouse.models.Provider.Adaptation.*;

import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.Provider.Adaptation;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads off a refusal what a server is unable to take. One more request without it follows, and what was learnt so
/// holds for the life of the process.
final class Adapt {

    private static final Map<Adaptation, Pattern> NAMED = new EnumMap<>(Adaptation.class);

    static {
        name(NO_STREAM_OPTIONS, "stream_options|include_usage");
        name(
                OTHER_OUTPUT_TOKENS,
                "(?=.*max_(completion_)?tokens)(?=.*(unsupported|not supported|unknown|unrecognized|unexpected"
                        + "|extra (inputs|fields)|not permitted|use .?max_|instead)).*");
        name(
                NO_TEMPERATURE,
                "(?=.*temperature)(?=.*(support|deprecated|unknown|unexpected|not permitted|only .*1\\b"
                        + "|not allowed)).*");
        name(NO_EFFORT, "reasoning[._]?effort|output_config.effort|thinking.?level|does(n't| not) support thinking");
        name(
                NO_SCHEMA,
                "response_?format|json_schema|json.?schema|output_?config|output_format|guided_json"
                        + "|structured.?outputs?|response.?(schema|mime.?type)");
        name(NO_TOOL_CHOICE, "tool.?choice");
        name(EMPTY_THOUGHTS, "(?=.*reasoning_content)(?=.*(must be|missing|required|passed back)).*");
        name(
                NO_KEPT,
                "reasoning_?content|reasoning_details|extra_content|thought.?signature|thinking.?blocks?|"
                        + "messages?\\W.{0,30}\\breasoning\\b");
        name(JOIN_TURNS, "alternat|consecutive (user|assistant)|roles? must|after (a )?user|expected last role");
        name(NO_SYSTEM, "system.{0,20}(role|message|prompt).{0,30}(not|un)|(not|un|n't )support.{0,30}system");
        name(
                SHORT_IDS,
                "tool.?call.?id.{0,80}(length|pattern|character|a-z|match|must be|invalid)"
                        + "|(length|characters).{0,40}tool.?call.?id");
        name(
                NO_STREAM,
                "stream(ing)?\\b.{0,40}(not (yet )?(supported|available|allowed|implemented)|unsupported|must be false)"
                        + "|(not support|n't support|unsupported).{0,30}\\bstream(ing)?\\b");
    }

    private Adapt() {}

    private static void name(Adaptation one, String pattern) {
        NAMED.put(one, Pattern.compile(pattern, Pattern.DOTALL));
    }

    /// What the refusal names and was sent nevertheless; null if nothing.
    ///
    /// @param tried what was left out already
    static @Nullable Adaptation of(Refusal refusal, Set<Adaptation> tried) {
        if (!refusal.mayNameAField()) {
            return null;
        }
        String said = refusal.all().toLowerCase(Locale.ROOT);
        return NAMED.entrySet().stream()
                .filter(one -> !tried.contains(one.getKey()))
                .filter(one -> one.getValue().matcher(said).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
