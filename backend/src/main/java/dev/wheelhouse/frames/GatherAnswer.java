package dev.wheelhouse.frames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One answer while it comes: its text, told as it comes, its thoughts, its calls, how it ended and what it used.
public final class GatherAnswer implements SplitThoughts.Into {

    private static final int LONGEST = 2_000_000;

    private final ModelCall call;
    private final String place;
    private final ModelWatcher watcher;
    private final SplitThoughts split;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final ObjectNode kept = Json.mapper().createObjectNode();
    private final Map<String, StringBuilder> keptTexts = new LinkedHashMap<>();
    private String heldBack = "";
    private Finish finish = Finish.NONE;
    public final GatherCalls calls;
    public final ReadUsage usage = new ReadUsage();

    public GatherAnswer(ModelCall call, String place, ModelWatcher watcher, FitNames names) {
        this.call = call;
        this.place = place;
        this.watcher = watcher;
        this.calls = new GatherCalls(names);
        this.split = new SplitThoughts(this, true);
    }

    public void add(String piece) throws TryFailed {
        if (!piece.isEmpty()) {
            if (text.length() + piece.length() > LONGEST) {
                throw new TryFailed(
                        "bad_answer",
                        "%s wrote more than %,d characters".formatted(place, LONGEST),
                        "Set maxOutputTokens in the agent's definition",
                        Remedy.OTHER_TARGET);
            }
            split.add(piece);
        }
    }

    /// Half a character is held back until the other half comes.
    @Override
    public void text(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        String told = heldBack + piece;
        boolean isHalf = Character.isHighSurrogate(told.charAt(told.length() - 1));
        heldBack = isHalf ? told.substring(told.length() - 1) : "";
        told = Text.storable(isHalf ? told.substring(0, told.length() - 1) : told);
        text.append(told);
        if (!told.isEmpty()) {
            watcher.delta(told);
        }
    }

    @Override
    public void thought(String thought) {
        if (thoughts.length() + thought.length() <= LONGEST) {
            thoughts.append(thought);
        }
    }

    @Override
    public boolean takeBack() {
        if (text.indexOf("<think>") >= 0) {
            return false;
        }
        thoughts.append(text);
        if (!text.isEmpty()) {
            text.setLength(0);
            heldBack = "";
            watcher.reset();
        }
        return true;
    }

    public void refuse(String words) {
        refusal.append(words);
    }

    public void finish(Finish how) {
        finish = how == Finish.NONE ? finish : how;
    }

    public boolean isFinished() {
        return finish != Finish.NONE;
    }

    /// The next piece of a text that goes back with this answer, by the name of its field.
    public void keep(String field, String piece) {
        keptTexts.computeIfAbsent(field, _ -> new StringBuilder()).append(piece);
    }

    /// Fields that go back with this answer.
    public ObjectNode kept() {
        return kept;
    }

    public boolean hasSaidAnything() {
        return !text.isEmpty() || !calls.isEmpty() || !refusal.isEmpty() || !thoughts.isEmpty();
    }

    /// The answer that has come, or why it is none.
    public Answer whole(String source) throws TryFailed {
        split.end();
        forgetOpenTag();
        if (!heldBack.isEmpty()) {
            heldBack = "";
            text("\uFFFD");
        }
        check();
        boolean isCut = finish == Finish.LENGTH;
        List<ToolRequest> requests = calls.all(isCut);
        String said = text.toString();
        if (requests.isEmpty() && said.isBlank()) {
            throw nothing();
        }
        TokenUse counted = usage.use(true);
        String how = requests.isEmpty() ? isCut ? "length" : "stop" : "tool_calls";
        return new Answer(
                said,
                requests,
                how,
                counted == null ? guess(said, requests) : counted,
                counted != null,
                keeps(requests) ? new ModelMessage.Kept(source, kept.toString()) : null,
                Text.storable(thoughts.toString()).strip());
    }

    /// Some models open a tag for thoughts, never close it and mean the answer.
    private void forgetOpenTag() {
        if (finish == Finish.STOP && text.toString().isBlank() && calls.isEmpty()) {
            text(split.unclosed().stripLeading());
        }
    }

    /// Thoughts are only asked back beside calls, whose results make the model go on with them.
    private boolean keeps(List<ToolRequest> requests) {
        keptTexts.forEach((field, text) -> kept.put(field, text.toString()));
        extras();
        return !requests.isEmpty() && !kept.isEmpty();
    }

    private void extras() {
        List<@Nullable JsonNode> extras = calls.extras();
        if (extras.stream().anyMatch(extra -> extra != null)) {
            var list = kept.putArray("calls");
            extras.forEach(extra -> list.add(extra == null ? Json.mapper().nullNode() : extra));
        }
    }

    private TokenUse guess(String said, List<ToolRequest> requests) {
        return TokenUse.guess(call, said + thoughts, requests);
    }

    private void check() throws TryFailed {
        if (!refusal.isEmpty() || finish == Finish.REFUSED) {
            String words = refusal.isEmpty() ? text.toString() : refusal.toString();
            throw new TryFailed(
                    "refused",
                    words.isBlank()
                            ? place + " refused to answer and did not say why"
                            : "%s refused to answer: %s".formatted(place, Text.shorten(words.strip(), 300)),
                    "Say it in other words, or add another target to the alias",
                    Remedy.OTHER_TARGET);
        }
        if (finish == Finish.FILTERED) {
            throw new TryFailed(
                    "refused",
                    place + " withheld its answer by its content filter",
                    "Say it in other words, or add another target to the alias",
                    Remedy.OTHER_TARGET);
        }
        if (finish == Finish.BROKEN) {
            throw new TryFailed("provider_error", place + " gave up in the middle of its answer", null, Remedy.RETRY);
        }
    }

    private TryFailed nothing() {
        boolean thought = !thoughts.toString().isBlank();
        String sentence = finish == Finish.LENGTH
                ? "%s reached its token limit before it said anything".formatted(place)
                : thought ? place + " thought and said nothing" : place + " answered with nothing";
        return new TryFailed(
                "bad_answer",
                sentence,
                finish == Finish.LENGTH ? "Raise maxOutputTokens in the agent's definition" : null,
                Remedy.RETRY);
    }

    /// How an answer ended, by the words of all wires.
    public enum Finish {
        NONE("", "null", "none"),
        STOP,
        LENGTH(
                "length",
                "max_tokens",
                "model_length",
                "max_output_tokens",
                "token_limit",
                "model_context_window_exceeded",
                "max_length",
                "max_new_tokens",
                "context_length",
                "context_length_exceeded",
                "error_limit",
                "truncated"),
        FILTERED(
                "content_filter",
                "content_filtered",
                "content_policy_violation",
                "error_toxic",
                "safety",
                "recitation",
                "sensitive",
                "blocklist",
                "prohibited_content",
                "spii",
                "guardrail_intervened",
                "guardrails",
                "image_safety"),
        REFUSED("refusal"),
        BROKEN(
                "error",
                "abort",
                "aborted",
                "network_error",
                "insufficient_system_resource",
                "cancelled",
                "user_cancel",
                "malformed_function_call",
                "malformed_model_output",
                "malformed_tool_use",
                "timeout",
                "failed",
                "server_error",
                "unexpected_tool_call");

        private static final Map<String, Finish> BY_WORD = new HashMap<>();

        static {
            for (var one : values()) {
                one.words.forEach(word -> BY_WORD.put(word, one));
            }
        }

        private final Set<String> words;

        Finish(String... words) {
            this.words = Set.of(words);
        }

        /// Any word ends an answer; one that is not known ends it well.
        public static Finish of(JsonNode reason) {
            String word = reason.isObject() ? reason.path("type").asText("stop") : reason.asText("");
            return BY_WORD.getOrDefault(word.strip().toLowerCase(Locale.ROOT).replace('-', '_'), STOP);
        }
    }
}
