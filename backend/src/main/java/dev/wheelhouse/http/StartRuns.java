package dev.wheelhouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tenants.Caller;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes requests for runs out of what clients send, in whichever form they send it.
@Singleton
public final class StartRuns {

    public static final int LONGEST_TEXT = 500_000;

    private static final Set<String> FIELDS = Set.of("input", "thread", "metadata", "user", "whenBusy", "output");
    private static final Set<String> VALUE_FIELDS = Set.of("input", "thread", "metadata", "user", "whenBusy");
    private static final Set<String> ROLES = Set.of("user", "assistant");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    /// Something that was said before or is said now.
    ///
    /// @param more further fields of the message, JSON text between the braces, or null
    /// @param images shown with it
    public record Said(
            String role, String content, @Nullable String more, List<Image> images) {
        public Said {
            images = List.copyOf(images);
        }

        public Said(String role, String content, @Nullable String more) {
            this(role, content, more, List.of());
        }

        public Said(String role, String content) {
            this(role, content, null);
        }

        private String json() {
            String shown = images.isEmpty()
                    ? ""
                    : ",\"images\":"
                            + JsonObject.array(images.stream()
                                    .map(image -> new JsonObject()
                                            .put("hash", image.hash())
                                            .put("type", image.type())
                                            .end())
                                    .toList());
            String rest = shown + (more == null ? "}" : "," + more + "}");
            return "{\"role\":\"" + role + "\",\"content\":" + Json.quote(content) + rest;
        }
    }

    /// What a client wants to be done, in whichever form it said so.
    ///
    /// @param kind of the program, such as `agent`
    /// @param name of the program
    /// @param options JSON text of an object for the program to read, or null
    /// @param user for whom the client says it asks
    /// @param whenBusy null for what the program says
    public record RunRequest(
            String kind,
            String name,
            @Nullable UUID thread,
            List<Said> said,
            @Nullable String options,
            String metadata,
            @Nullable String user,
            NewRun.@Nullable WhenBusy whenBusy,
            @Nullable String idempotencyKey) {}

    private final StartRun start;
    private final Images images;

    StartRuns(StartRun start, Images images) {
        this.start = start;
        this.images = images;
    }

    /// From a body of `input`, `thread`, `metadata`, `user`, `whenBusy` and `output`, for a program of any kind.
    public Run fromBody(
            Caller caller, String kind, String name, byte @Nullable [] body, @Nullable String idempotencyKey) {
        var fields = Fields.withImages(body, FIELDS);
        return started(caller, kind, name, fields, input(fields), options(fields), idempotencyKey);
    }

    /// The same for a program whose input is a value of its own form, `{}` where there is none.
    ///
    /// @param said the value as a message
    public Run fromValue(
            Caller caller,
            String kind,
            String name,
            byte @Nullable [] body,
            @Nullable String idempotencyKey,
            Function<JsonNode, Said> said) {
        var fields = Fields.of(body, VALUE_FIELDS);
        var value = fields.node("input");
        var input = List.of(said.apply(value == null ? Json.read("{}") : value));
        return started(caller, kind, name, fields, input, null, idempotencyKey);
    }

    private Run started(
            Caller caller,
            String kind,
            String name,
            Fields fields,
            List<Said> said,
            @Nullable String options,
            @Nullable String idempotencyKey) {
        UUID thread = thread(fields);
        String metadata = metadata(fields);
        String user = user(fields);
        var whenBusy = whenBusy(fields);
        fields.check();
        return start(
                caller, new RunRequest(kind, name, thread, said, options, metadata, user, whenBusy, idempotencyKey));
    }

    /// The form of the answer: `output` with a `schema`.
    private static @Nullable String options(Fields fields) {
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

    private static NewRun.@Nullable WhenBusy whenBusy(Fields fields) {
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

    /// The kind of the program that a caller speaks to by this name, `otherwise` where there is none.
    public String spokenTo(Caller caller, String name, String otherwise) {
        return start.spokenTo(caller.tenant(), name, otherwise);
    }

    public Run start(Caller caller, RunRequest asked) {
        images.keep(
                caller.tenant(),
                asked.said().stream()
                        .flatMap(message -> message.images().stream())
                        .toList());
        return start.start(new StartRun.Request(
                caller.tenant(),
                asked.kind(),
                asked.name(),
                asked.thread(),
                json(asked.said()),
                asked.options(),
                asked.metadata(),
                asker(caller, asked.user()),
                asked.whenBusy(),
                idempotencyKey(asked.idempotencyKey())));
    }

    public static Run.Asker asker(Caller caller, @Nullable String user) {
        return new Run.Asker(caller.key() == null ? null : caller.name(), caller.key(), user);
    }

    /// For whom the client says it asks.
    public static @Nullable String user(Fields fields) {
        String user = fields.textOrNull("user", 200);
        if (user != null && user.isBlank()) {
            fields.refuse("user", "\"user\" is empty", "Leave it out, or name somebody");
        }
        return user;
    }

    public static List<Said> input(Fields fields) {
        JsonNode input = fields.node("input");
        if (input == null || !input.isArray()) {
            return List.of(new Said("user", fields.text("input", LONGEST_TEXT)));
        }
        var said = new ArrayList<Said>();
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
            said.add(new Said(role, content == null ? "" : content, null, images));
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
    public static void checkNumber(Fields fields, String key, List<Said> said) {
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

    public static String json(List<Said> said) {
        return JsonObject.array(said.stream().map(Said::json).toList());
    }

    public static @Nullable String idempotencyKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The Idempotency-Key is \"%s\"".formatted(Text.shorten(key, 60)),
                    "Send 1 to 200 visible ASCII characters");
        }
        return key;
    }
}
