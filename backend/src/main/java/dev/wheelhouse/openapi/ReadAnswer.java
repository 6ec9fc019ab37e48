package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Sending;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Makes of an API's answer what a model reads, or a failure that it can do something about.
///
/// @param credentials what is said of them when they are refused
/// @param most bytes that were asked for
record ReadAnswer(String credentials, int most) {

    private static final int LONGEST_TEXT = 24_000;
    private static final int LONGEST_REASON = 1_500;
    private static final Pattern TEXTUAL =
            Pattern.compile("text/.*|.*(json|xml|yaml|javascript|csv|form-urlencoded).*|");

    JsonNode read(Sending.Head head, InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        String type = head.type().toLowerCase(Locale.ROOT).replaceAll(";.*", "").strip();
        boolean isText = TEXTUAL.matcher(type).matches();
        String text = isText ? new String(bytes, StandardCharsets.UTF_8) : "";
        if (head.status() / 100 != 2) {
            throw refused(head, text);
        }
        if (!isText) {
            return Json.mapper()
                    .createObjectNode()
                    .put("status", head.status())
                    .put("leftOut", "%s (%,d bytes): agents read text only".formatted(type, bytes.length));
        }
        return text.isBlank()
                ? Json.mapper().createObjectNode().put("status", head.status())
                : value(text, bytes.length);
    }

    private JsonNode value(String text, int bytes) {
        String bare = text.strip();
        if (bytes < most && (bare.startsWith("{") || bare.startsWith("["))) {
            try {
                return Json.read(bare);
            } catch (Problem e) {
                return TextNode.valueOf(Text.shorten(text, LONGEST_TEXT));
            }
        }
        return TextNode.valueOf(Text.shorten(text, LONGEST_TEXT));
    }

    private Problem refused(Sending.Head head, String text) {
        String said = text.isBlank() ? "" : ": " + Text.shorten(text.strip().replaceAll("\\s+", " "), LONGEST_REASON);
        String host = head.url().getHost();
        return switch (head.status()) {
            case 401, 403 ->
                new Problem(
                        ErrorCode.TOOL_FAILED,
                        "\"%s\" does not accept %s (%d)%s"
                                .formatted(
                                        host,
                                        credentials.isEmpty() ? "requests without credentials" : credentials,
                                        head.status(),
                                        said),
                        credentials.isEmpty()
                                ? "Somebody has to add credentials to the tool server"
                                : "Somebody has to set the secret again, or give it more permissions");
            case 400, 404, 409, 412, 413, 415, 422 ->
                new Problem(
                        ErrorCode.INVALID_ARGUMENTS,
                        "\"%s\" refuses this (%d)%s".formatted(host, head.status(), said),
                        "Fix what it names and call again");
            case 429 ->
                new Problem(
                        ErrorCode.TOOL_FAILED,
                        "\"%s\" has too many requests (429)%s".formatted(host, said),
                        head.header("retry-after").matches("\\d{1,6}")
                                ? "Try again in %s s".formatted(head.header("retry-after"))
                                : "Try again later");
            default ->
                new Problem(
                        ErrorCode.TOOL_FAILED,
                        "\"%s\" answered with the status %d%s".formatted(host, head.status(), said),
                        head.status() >= 500
                                ? "What was asked for may have happened: check that before asking again"
                                : null);
        };
    }
}
