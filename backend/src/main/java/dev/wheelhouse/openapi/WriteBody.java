package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Ids;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A request's body in the form that the operation takes.
record WriteBody(String type, @Nullable String text) {

    static WriteBody of(JsonNode body, JsonNode argument) {
        String type = body.path("type").asText();
        if (body.isMissingNode() || argument.isMissingNode()) {
            return new WriteBody("", null);
        }
        return switch (body.path("kind").asText()) {
            case "json" -> new WriteBody(type.equals("*/*") ? "application/json" : type, argument.toString());
            case "form" -> new WriteBody(type, form(argument));
            case "multipart" -> multipart(argument);
            default -> new WriteBody(type, argument.isTextual() ? argument.asText() : argument.toString());
        };
    }

    private static String form(JsonNode fields) {
        var pairs = new ArrayList<String>();
        for (var field : fields.properties()) {
            var values = field.getValue().isArray() ? field.getValue() : java.util.List.of(field.getValue());
            for (var value : values) {
                pairs.add(FillRequest.encoded(field.getKey(), false) + "=" + FillRequest.encoded(text(value), false));
            }
        }
        return String.join("&", pairs);
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static WriteBody multipart(JsonNode fields) {
        String boundary = "wheelhouse-" + Ids.next();
        var text = new StringBuilder();
        for (var field : fields.properties()) {
            var values = field.getValue().isArray() ? field.getValue() : java.util.List.of(field.getValue());
            String name =
                    field.getKey().replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
            for (var value : values) {
                text.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n".formatted(boundary, name))
                        .append(value.isContainerNode() ? "Content-Type: application/json\r\n" : "")
                        .append("\r\n%s\r\n".formatted(text(value)));
            }
        }
        return new WriteBody("multipart/form-data; boundary=" + boundary, text + "--" + boundary + "--\r\n");
    }
}
