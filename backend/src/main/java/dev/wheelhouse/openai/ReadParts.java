package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.rest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The content of a message: a text, or a list of parts of texts and pictures in any of the spellings that clients use.
record ReadParts(String text, List<Image> images) {

    private static final String DATA_ALONE = "Send the picture itself, as data:image/png;base64,…";

    /// What a user says and shows.
    static ReadParts of(Fields message, String field, AskedAgent agent) {
        var images = new ArrayList<Image>();
        String text = read(message, field, part -> image(part, agent, images));
        return new ReadParts(text, images);
    }

    /// What may not hold pictures.
    static String text(Fields message, String field) {
        return read(
                message,
                field,
                part -> part.refuse("type", "Only a user shows pictures", "Send it in a message of role user"));
    }

    private static String read(Fields message, String field, Consumer<Fields> image) {
        JsonNode content = message.node(field);
        if (content == null || content.isTextual()) {
            String text = message.textOrNull(field, RunFields.LONGEST_TEXT);
            return text == null ? "" : text;
        }
        var text = new StringBuilder();
        for (var part : message.objects(field, null)) {
            String inner = part(part, image);
            text.append(inner == null ? "" : inner);
        }
        return text.toString();
    }

    private static @Nullable String part(Fields part, Consumer<Fields> image) {
        String type = part.text("type", 40);
        switch (type) {
            case "text", "input_text", "output_text" -> {
                return part.textOrNull("text", RunFields.LONGEST_TEXT);
            }
            case "refusal" -> {
                return part.textOrNull("refusal", RunFields.LONGEST_TEXT);
            }
            case "image_url", "input_image" -> image.accept(part);
            // What a model has thought is not needed for carrying on, and clients send it back as they got it.
            case "", "thinking", "redacted_thinking", "reasoning" -> {}
            default ->
                part.refuse(
                        "type",
                        "Content of type \"%s\" is not read by agents".formatted(type),
                        "Send parts of text and pictures");
        }
        return null;
    }

    private static void image(Fields part, AskedAgent agent, List<Image> images) {
        if (agent.blind() != null) {
            part.refuse("type", agent.blind(), "Describe it in words, or ask an agent whose model sees pictures");
            return;
        }
        JsonNode url = part.node("image_url");
        JsonNode text = url == null ? null : url.isObject() ? url.get("url") : url;
        if (text == null || !text.isTextual()) {
            part.refuse(
                    part.has("file_id") ? "file_id" : "image_url",
                    part.has("file_id") ? "There are no files here" : "This part has no picture",
                    DATA_ALONE);
            return;
        }
        var image = RunFields.image(part, url.isObject() ? "image_url/url" : "image_url", text.textValue());
        if (image != null) {
            images.add(image);
        }
    }
}
