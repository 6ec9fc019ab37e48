package dev.wheelhouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes requests for runs out of what clients send, in whichever form they send it.
@Singleton
public final class StartRuns {

    private static final Set<String> FIELDS =
            Set.of("input", "thread", "metadata", "user", "whenBusy", "output", "revision");
    private static final Set<String> VALUE_FIELDS =
            Set.of("input", "thread", "metadata", "user", "whenBusy", "revision");
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
    /// @param revision as [StartRun.Request] has it
    public record RunRequest(
            String kind,
            String name,
            @Nullable UUID thread,
            List<Said> said,
            @Nullable String options,
            String metadata,
            @Nullable String user,
            NewRun.@Nullable WhenBusy whenBusy,
            @Nullable String idempotencyKey,
            @Nullable Integer revision) {}

    private final StartRun start;
    private final Images images;

    StartRuns(StartRun start, Images images) {
        this.start = start;
        this.images = images;
    }

    /// From a body of `input`, `thread`, `metadata`, `user`, `whenBusy`, `output` and `revision`, for a program of any
    /// kind. Only who may build may name a revision: it may be one that nobody has published.
    public Run fromBody(
            Caller caller, String kind, String name, byte @Nullable [] body, @Nullable String idempotencyKey) {
        var fields = Fields.withImages(body, FIELDS);
        return started(caller, kind, name, fields, RunFields.input(fields), RunFields.options(fields), idempotencyKey);
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
        UUID thread = RunFields.thread(fields);
        String metadata = RunFields.metadata(fields);
        String user = RunFields.user(fields);
        var whenBusy = RunFields.whenBusy(fields);
        Integer revision = RunFields.revision(fields);
        fields.check();
        if (revision != null) {
            caller.require(Scope.BUILD);
        }
        return start(
                caller,
                new RunRequest(kind, name, thread, said, options, metadata, user, whenBusy, idempotencyKey, revision));
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
                idempotencyKey(asked.idempotencyKey()),
                asked.revision()));
    }

    public static Run.Asker asker(Caller caller, @Nullable String user) {
        return new Run.Asker(caller.key() == null ? null : caller.name(), caller.key(), user, caller.trace());
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
