package dev.wheelhouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.runs.NewRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the fields by which clients say what a run is to do, for the doors that share them. Each mistake is told to
/// the fields, which refuse all together.
public final class RunFields {

    public static final int LONGEST_TEXT = 500_000;

    private static final Set<String> ROLES = Set.of("user", "assistant");

    private RunFields() {}

    /// A number, or `draft` for the newest.
    static @Nullable Integer revision(Fields fields) {
        return fields.node("revision") instanceof JsonNode node && node.asText().equals("draft")
                ? Integer.valueOf(StartRun.NEWEST)
                : fields.numberOrNull("revision", 1, Integer.MAX_VALUE);
    }

    /// The form of the answer: `output` with a `schema`.
    static @Nullable String options(Fields fields) {
        var output = fields.objectOrNull("output", Set.of("schema"));
        JsonNode schema = output == null ? null : output.node("schema");
        if (output == null) {
            return null;
        }
        if (schema == null) {
            output.refuse("schema", "\"schema\" is missing", "Send the JSON Schema of the answer");
            return null;
        }
        Schema.mistakes(schema)
                .forEach(mistake -> output.refuse("schema" + mistake.path(), mistake.message(), mistake.hint()));
        return "{\"output\":{\"schema\":" + schema + "}}";
    }

    static NewRun.@Nullable WhenBusy whenBusy(Fields fields) {
        String word = fields.textOrNull("whenBusy", 40);
        var known = Arrays.stream(NewRun.WhenBusy.values())
                .map(NewRun.WhenBusy::word)
                .toList();
        if (word != null && !known.contains(word)) {
            fields.refuse(
                    "whenBusy", "\"whenBusy\" is \"%s\"".formatted(word), "Use one of " + String.join(", ", known));
            return null;
        }
        return word == null ? null : NewRun.WhenBusy.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// For whom the client says it asks.
    public static @Nullable String user(Fields fields) {
        String user = fields.textOrNull("user", 200);
        if (user != null && user.isBlank()) {
            fields.refuse("user", "\"user\" is empty", "Leave it out, or name somebody");
        }
        return user;
    }

    public static List<StartRuns.Said> input(Fields fields) {
        JsonNode input = fields.node("input");
        if (input == null || !input.isArray()) {
            return List.of(new StartRuns.Said("user", fields.text("input", LONGEST_TEXT)));
        }
        var said = new ArrayList<StartRuns.Said>();
        for (var message : fields.objects("input", Set.of("role", "content", "images"))) {
            String role = message.text("role", 20);
            if (!role.isEmpty() && !ROLES.contains(role)) {
                message.refuse("role", "Unknown role \"%s\"".formatted(role), "Use user or assistant");
            }
            var images = images(message);
            if (!images.isEmpty() && role.equals("assistant")) {
                message.refuse("images", "The assistant shows no pictures", "Send them in a message of role user");
            }
            boolean isShown = message.has("images");
            String content =
                    isShown ? message.textOrNull("content", LONGEST_TEXT) : message.text("content", LONGEST_TEXT);
            said.add(new StartRuns.Said(role, content == null ? "" : content, null, images));
        }
        checkNumber(fields, "input", said);
        if (said.isEmpty() || !said.getLast().role().equals("user")) {
            fields.refuse(
                    "input", "The last message must be from the user", "End the list with a message of role user");
        }
        return said;
    }

    private static List<Image> images(Fields message) {
        JsonNode node = message.node("images");
        if (node == null) {
            return List.of();
        }
        var images = new ArrayList<Image>();
        if (!node.isArray()) {
            message.refuse("images", "\"images\" must be a list of data: URLs, not " + Fields.kind(node), null);
        }
        for (int at = 0; node.isArray() && at < node.size(); at++) {
            var image = image(message, "images/" + at, node.get(at).asText());
            if (image != null) {
                images.add(image);
            }
        }
        return images;
    }

    /// A picture from a data: URL; null after a mistake, which is told to the fields.
    public static @Nullable Image image(Fields fields, String key, String url) {
        try {
            return Image.read(url);
        } catch (Problem wrong) {
            fields.refuse(key, wrong.message(), wrong.hint());
            return null;
        }
    }

    /// Refuses more pictures than one request may have.
    public static void checkNumber(Fields fields, String key, List<StartRuns.Said> said) {
        int number = said.stream().mapToInt(message -> message.images().size()).sum();
        if (number > Images.MOST) {
            fields.refuse(key, "There are %d pictures".formatted(number), "Send at most " + Images.MOST);
        }
    }

    public static @Nullable UUID thread(Fields fields) {
        String thread = fields.textOrNull("thread", 100);
        return thread == null ? null : Ids.parse("thread", thread);
    }

    /// Labels: JSON text of an object.
    public static String metadata(Fields fields) {
        JsonNode metadata = fields.node("metadata");
        if (metadata == null) {
            return "{}";
        }
        if (!metadata.isObject() || metadata.size() > 16) {
            fields.refuse("metadata", "\"metadata\" must be an object with at most 16 text values", null);
            return "{}";
        }
        metadata.properties().forEach(entry -> {
            boolean fits = entry.getKey().length() <= 64
                    && entry.getValue().isTextual()
                    && entry.getValue().textValue().length() <= 500
                    && Text.storable(entry.getKey()).equals(entry.getKey())
                    && Text.storable(entry.getValue().textValue())
                            .equals(entry.getValue().textValue());
            if (!fits) {
                fields.refuse(
                        "metadata/" + entry.getKey(),
                        "The name may have 64 characters, and the value must be text of at most 500",
                        null);
            }
        });
        return metadata.toString();
    }
}
