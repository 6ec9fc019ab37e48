package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The body of a webhook as a value: JSON; a form, as Slack's commands send it, as a mapping of texts; anything else as
/// text. A form whose field `payload` is JSON, as GitHub's and Slack's may be, is that JSON.
final class HookBody {

    private static final String PAYLOAD = "payload=";

    private HookBody() {}

    static JsonNode read(String contentType, byte[] body) {
        String text = text(body);
        String type =
                contentType.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
        if (text.isBlank()) {
            return Json.mapper().nullNode();
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return form(text);
        }
        boolean saysJson = type.equals("application/json") || type.endsWith("+json");
        if (saysJson || type.isEmpty()) {
            return json(text, saysJson);
        }
        return Json.mapper().getNodeFactory().textNode(text);
    }

    private static JsonNode json(String text, boolean mustBe) {
        try {
            return Json.read(text);
        } catch (Problem e) {
            if (mustBe) {
                throw new Problem(ErrorCode.BAD_REQUEST, "The body is not valid JSON", "Send JSON, or another type");
            }
            return Json.mapper().getNodeFactory().textNode(text);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(ErrorCode.BAD_REQUEST, "The body is not UTF-8", "Encode it as UTF-8");
        }
    }

    private static JsonNode form(String text) {
        if (text.startsWith(PAYLOAD) && !text.contains("&")) {
            return json(decoded(text.substring(PAYLOAD.length())), false);
        }
        var form = Json.mapper().createObjectNode();
        for (String pair : text.split("&")) {
            int at = pair.indexOf('=');
            form.put(decoded(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decoded(pair.substring(at + 1)));
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(ErrorCode.BAD_REQUEST, "The body is not a valid form", "Encode it as a form");
        }
    }
}
