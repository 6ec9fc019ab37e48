package dev.wheelhouse.providers;

import dev.wheelhouse.frames.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a server may be unable to take. A refusal that names it is answered by one more request without it, and what
/// was learnt so holds for the life of the process.
enum Adapt {
    /// Counts tokens unasked, or not at all.
    NO_STREAM_OPTIONS("stream_options|include_usage"),
    /// Knows the bound on the answer by its other name.
    OTHER_OUTPUT_TOKENS("(?=.*max_(completion_)?tokens)(?=.*(unsupported|not supported|unknown|unrecognized|unexpected"
            + "|extra (inputs|fields)|not permitted|use .?max_|instead)).*"),
    /// Thinks as warmly as it likes.
    NO_TEMPERATURE("(?=.*temperature)(?=.*(support|deprecated|unknown|unexpected|not permitted|only .*1\\b"
            + "|not allowed)).*"),
    NO_EFFORT("reasoning[._]effort|output_config.effort"),
    /// The schema goes into the instructions.
    NO_SCHEMA("response_format|json_schema|json.?schema|output_config|output_format|guided_json|structured.?outputs?"),
    /// Wants thoughts with every earlier answer, if only empty ones.
    EMPTY_THOUGHTS("(?=.*reasoning_content)(?=.*(must be|missing|required|passed back)).*"),
    /// Wants no thoughts of earlier answers.
    NO_KEPT("reasoning_content|reasoning_details|extra_content|thought.?signature|thinking.?blocks?|"
            + "messages?\\W.{0,30}\\breasoning\\b"),
    /// The roles have to take turns.
    JOIN_TURNS("alternat|consecutive (user|assistant)|roles? must|after (a )?user|expected last role"),
    /// Knows no instructions apart from what people say.
    NO_SYSTEM("system.{0,20}(role|message|prompt).{0,30}(not|un)|(not|un)support.{0,30}system"),
    /// Wants ids of nine letters and digits.
    SHORT_IDS("tool.?call.?id.{0,80}(length|pattern|character|a-z|match|must be|invalid)"
            + "|(length|characters).{0,40}tool.?call.?id"),
    /// Answers in one piece only.
    NO_STREAM("stream(ing)?\\b.{0,40}(not (yet )?(supported|available|allowed|implemented)|unsupported|must be false)"
            + "|(not support|unsupported).{0,30}\\bstream(ing)?\\b");

    private final Pattern named;

    Adapt(String named) {
        this.named = Pattern.compile(named, Pattern.DOTALL);
    }

    /// What the refusal names and was sent nevertheless; null if nothing.
    ///
    /// @param tried what was left out already
    static @Nullable Adapt of(Refusal refusal, Set<Adapt> tried) {
        if (!refusal.mayNameAField()) {
            return null;
        }
        String said = refusal.all().toLowerCase(Locale.ROOT);
        return EnumSet.complementOf(tried.isEmpty() ? EnumSet.noneOf(Adapt.class) : EnumSet.copyOf(tried)).stream()
                .filter(one -> one.named.matcher(said).find())
                .findFirst()
                .orElse(null);
    }
}
