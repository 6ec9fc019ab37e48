package dev.wheelhouse.models;

import dev.langchain4j.exception.HttpException;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// A provider answered with an error status.
final class Refusal extends HttpException {

    private final @Nullable Duration retryAfter;

    Refusal(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    static Refusal of(HttpResponse<?> response, String body) {
        var headers = response.headers();
        Duration pause = headers.firstValue("retry-after-ms")
                .map(value -> amount(value, 1))
                .orElseGet(() ->
                        headers.firstValue("retry-after").map(Refusal::pause).orElse(null));
        return new Refusal(response.statusCode(), body, pause);
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /// The provider's own sentence, if its body has one where OpenAI and Anthropic put theirs.
    String reason() {
        String body = String.valueOf(getMessage());
        try {
            var error = Json.read(body).path("error");
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText("");
            return Text.shorten(message.isBlank() ? body : message, 300);
        } catch (RuntimeException notJson) {
            return Text.shorten(body.strip().replaceAll("\\s+", " "), 300);
        }
    }

    /// Seconds or an HTTP date.
    private static @Nullable Duration pause(String value) {
        Duration seconds = amount(value, 1000);
        if (seconds != null) {
            return seconds;
        }
        try {
            var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration pause = Duration.between(Instant.now(), until);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static @Nullable Duration amount(String value, int millis) {
        try {
            return Duration.ofMillis(Math.max(0, Math.round(Double.parseDouble(value.strip()) * millis)));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
