package dev.wheelhouse.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.TryFailed;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server said no, by a status or in the middle of a stream, in whatever shape: a sentence, an object, a list, a
/// page, an error around another one's error.
public final class Refusal extends Exception {

    private static final List<String> SENTENCES = List.of(
            "message",
            "msg",
            "error_msg",
            "errorMessage",
            "error_message",
            "Message",
            "error_description",
            "detail",
            "title",
            "description",
            "exception",
            "status_msg",
            "text",
            "reason");
    private static final List<String> INSIDE = List.of(
            "error",
            "errors",
            "detail",
            "message",
            "metadata",
            "raw",
            "body",
            "response",
            "cause",
            "innererror",
            "inner_error",
            "data",
            "base_resp");
    private static final List<String> WORDS = List.of(
            "code", "type", "status", "param", "__type", "reason", "error_type", "errorType", "errorCode", "Code");
    private static final int DEEPEST = 6;

    private final int status;
    private final boolean isStatusKnown;
    private final boolean isInStream;
    private final String said;
    private final Set<String> words = new LinkedHashSet<>();
    private final StringBuilder sentences = new StringBuilder();
    private @Nullable Duration retryAfter;
    private boolean mayRetry = true;

    /// @param status null for an error inside a stream, whose own words tell
    private Refusal(@Nullable Integer status, String body) {
        super(null, null, false, false);
        JsonNode json = json(body);
        if (json != null) {
            read(json, 0);
        }
        said = sentences.isEmpty() ? json != null && json.isEmpty() ? "" : plain(body) : sentences.toString();
        this.isInStream = status == null;
        Integer told = status == null ? ErrorWords.status(words, json) : status;
        this.status = told == null ? ErrorWords.UNKNOWN : told;
        isStatusKnown = told != null;
        if (retryAfter == null) {
            retryAfter = RetryAfter.of(said);
        }
    }

    public static Refusal of(int status, HttpHeaders headers, String body) {
        var refusal = new Refusal(status, body);
        Duration told = RetryAfter.of(headers);
        refusal.retryAfter = told == null ? refusal.retryAfter : told;
        headers.firstValue("x-amzn-errortype")
                .map(word -> word.split(":")[0].strip().toLowerCase(Locale.ROOT))
                .ifPresent(refusal.words::add);
        refusal.mayRetry = headers.firstValue("x-should-retry")
                .map(word -> !word.strip().equals("false"))
                .orElse(true);
        return refusal;
    }

    public static Refusal inStream(String error) {
        return new Refusal(null, error);
    }

    /// Whether what a server calls an error says that there is one: a member that is empty or says "success" does not.
    public static boolean isOne(JsonNode error) {
        return ErrorWords.sayThatThereIsOne(error);
    }

    /// Whether it may be about a field of the request.
    public boolean mayNameAField() {
        return status == 400 || status == 422 || status == 500 || status == 404 || status == 405 || status == 501;
    }

    /// Whether the server did not believe who asks.
    public boolean isAboutCredentials() {
        return status == 401 || status == 403 && words.contains("expiredtokenexception");
    }

    /// Everything it says, for whoever looks for a word in it.
    public String all() {
        return said + " " + String.join(" ", words);
    }

    /// Whether the status is ours, made of the words of an error in a stream.
    boolean isInStream() {
        return isInStream;
    }

    int status() {
        return status;
    }

    /// Whether the server has said by a number or a known word whose fault it is.
    boolean isStatusKnown() {
        return isStatusKnown;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    boolean mayRetry() {
        return mayRetry;
    }

    /// Codes and types that it names, in lower case.
    Set<String> words() {
        return words;
    }

    String sentence() {
        return Text.shorten(said, 300);
    }

    public TryFailed asTryFailed(String place) {
        return Remedies.of(place, this);
    }

    private static @Nullable JsonNode json(String body) {
        String text = body.strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return null;
        }
        try {
            return Json.lenientMapper().readTree(text);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private void read(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isTextual()) {
            JsonNode inner = json(node.asText());
            if (inner == null) {
                say(node.asText());
            } else {
                read(inner, depth + 1);
            }
        } else if (node.isArray()) {
            node.forEach(inner -> readOne(inner, depth + 1));
        } else if (node.isObject()) {
            readOne(node, depth);
        }
    }

    private void readOne(JsonNode node, int depth) {
        if (!node.isObject()) {
            read(node, depth);
            return;
        }
        for (String name : WORDS) {
            if (node.path(name).isValueNode() && !node.path(name).isNull()) {
                words.add(node.path(name).asText().toLowerCase(Locale.ROOT));
            }
        }
        if (node.path("retry_after_ms").isNumber()) {
            retryAfter = RetryAfter.span(node.path("retry_after_ms").asText() + "ms");
        }
        JsonNode delay = node.path("retryDelay").isMissingNode() ? node.path("retry_after") : node.path("retryDelay");
        if (delay.isTextual() || delay.isNumber()) {
            retryAfter = RetryAfter.span(delay.isNumber() ? delay.asText() + "s" : delay.asText());
        }
        // A list of what is wrong with which field, as FastAPI writes it.
        if (node.path("loc").isArray() && node.path("msg").isTextual()) {
            var place = new StringBuilder();
            node.path("loc")
                    .forEach(part -> place.append(place.isEmpty() ? "" : ".").append(part.asText()));
            say(place + ": " + node.path("msg").asText());
            return;
        }
        SENTENCES.stream()
                .filter(name ->
                        node.path(name).isTextual() && !node.path(name).asText().isBlank())
                .findFirst()
                .ifPresent(name -> read(node.path(name), depth + 1));
        INSIDE.stream()
                .filter(name -> node.path(name).isContainerNode() || isSentenceOfItsOwn(node, name))
                .forEach(name -> read(node.path(name), depth + 1));
        if (node.path("details").isArray()) {
            node.path("details").forEach(one -> readDetail(one));
        }
    }

    private void readDetail(JsonNode detail) {
        if (detail.path("retryDelay").isTextual()) {
            retryAfter = RetryAfter.span(detail.path("retryDelay").asText());
        }
        if (detail.path("reason").isTextual()) {
            words.add(detail.path("reason").asText().toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isSentenceOfItsOwn(JsonNode node, String name) {
        return node.path(name).isTextual() && (name.equals("error") || name.equals("raw") || name.equals("body"));
    }

    private void say(String text) {
        String plain = plain(text);
        if (!plain.isBlank() && sentences.indexOf(plain) < 0) {
            sentences.append(sentences.isEmpty() ? "" : "; ").append(plain);
        }
    }

    /// Without the tags of a page.
    private static String plain(String text) {
        String words = text.contains("<") && text.contains(">")
                ? text.replaceAll("(?is)<(style|script|head)\\b.*?</\\1>", " ").replaceAll("(?s)<[^>]{0,500}>", " ")
                : text;
        return words.strip().replaceAll("\\s+", " ");
    }
}
