package dev.wheelhouse.frames;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the codes and types mean that servers put into their errors.
final class ErrorWords {

    /// What is unknown is taken for the server's own mistake.
    static final int UNKNOWN = 500;

    private static final Set<String> GOOD = Set.of("", "0", "200", "0000", "ok", "success", "none", "null", "false");
    private static final List<String> STATUSES = List.of("status_code", "http_status", "statusCode", "httpStatusCode");

    /// Words for what a status says, where an error inside a stream has no status.
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("invalid_request_error", 400),
            Map.entry("context_length_exceeded", 400),
            Map.entry("content_filter", 400),
            Map.entry("invalidparameter", 400),
            Map.entry("bad_request", 400),
            Map.entry("invalid_argument", 400),
            Map.entry("failed_precondition", 400),
            Map.entry("validationexception", 400),
            Map.entry("badrequesterror", 400),
            Map.entry("authentication_error", 401),
            Map.entry("invalid_api_key", 401),
            Map.entry("unauthenticated", 401),
            Map.entry("permission_error", 403),
            Map.entry("permission_denied", 403),
            Map.entry("accessdeniedexception", 403),
            Map.entry("billing_error", 402),
            Map.entry("insufficient_quota", 402),
            Map.entry("not_found_error", 404),
            Map.entry("not_found", 404),
            Map.entry("model_not_found", 404),
            Map.entry("resourcenotfoundexception", 404),
            Map.entry("notfounderror", 404),
            Map.entry("request_too_large", 413),
            Map.entry("rate_limit_error", 429),
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("too_many_requests", 429),
            Map.entry("resource_exhausted", 429),
            Map.entry("throttlingexception", 429),
            Map.entry("ratelimiterror", 429),
            Map.entry("deadline_exceeded", 504),
            Map.entry("timeout_error", 504),
            Map.entry("unavailable", 503),
            Map.entry("serviceunavailableexception", 503),
            Map.entry("overloaded_error", 529));

    private ErrorWords() {}

    /// A member that is empty or says "success" is no error; an object or a list is one if anything in it is.
    static boolean sayThatThereIsOne(JsonNode error) {
        if (!error.isContainerNode()) {
            return !error.isMissingNode()
                    && !GOOD.contains(error.asText().strip().toLowerCase(Locale.ROOT));
        }
        for (JsonNode member : error) {
            if (sayThatThereIsOne(member)) {
                return true;
            }
        }
        return false;
    }

    /// The status of an error that came inside a stream; null where nothing in it says so.
    ///
    /// @param words in lower case
    static @Nullable Integer status(Set<String> words, @Nullable JsonNode json) {
        for (String word : words) {
            if (word.matches("[45]\\d\\d")) {
                return Integer.parseInt(word);
            }
            if (STATUS.containsKey(word)) {
                return STATUS.get(word);
            }
        }
        for (String name : STATUSES) {
            int code = json == null ? 0 : json.findPath(name).asInt();
            if (code >= 400 && code < 600) {
                return code;
            }
        }
        return null;
    }
}
