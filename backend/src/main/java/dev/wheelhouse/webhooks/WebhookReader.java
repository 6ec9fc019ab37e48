package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.outbound.Reach;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a webhook's definition from YAML or JSON, and reports all its mistakes at once.
final class WebhookReader {

    private static final Set<String> KEYS = Set.of("kind", "name", "description", "enabled", "url", "events", "when");

    /// Loaded where there is a condition.
    private static final class Over {
        static final Expressions EVENT = new Expressions(Map.of("event", Expressions.Names.ANYTHING));
    }

    private WebhookReader() {}

    static Expressions over() {
        return Over.EVENT;
    }

    static Webhook read(String text) {
        return Definitions.read(text, KEYS, WebhookReader::webhook);
    }

    static Webhook readStored(String text) {
        return Definitions.readStored(text, KEYS, WebhookReader::webhook);
    }

    private static Webhook webhook(Fields fields) {
        fields.choice("kind", Webhooks.KIND, List.of(Webhooks.KIND));
        String name = fields.required("name", 63);
        // Its secret has a name of its own, which is longer.
        if (!name.isBlank() && !Definitions.NAME.matcher(name).matches() || name.length() > Webhooks.LONGEST_NAME) {
            fields.mistake(
                    "name",
                    "\"%s\" is not a valid name of a webhook".formatted(Text.shorten(name, 70)),
                    "Use 1 to %d of a-z, 0-9 and -, starting with a letter".formatted(Webhooks.LONGEST_NAME));
        }
        if (!fields.has("events")) {
            fields.mistake("events", "\"events\" is missing", "Name some, such as [run.failed, approval.*]");
        }
        var events = fields.names("events", 20, Webhook.KNOWN, "event");
        if (fields.has("events") && events.isEmpty()) {
            fields.mistake("events", "\"events\" names none", "Name some, such as [run.failed, approval.*]");
        }
        return new Webhook(
                name,
                fields.text("description", "", 500),
                !fields.has("enabled") || fields.flag("enabled"),
                url(fields),
                Set.copyOf(new TreeSet<>(events)),
                when(fields));
    }

    private static String url(Fields fields) {
        String url = fields.required("url", 2_000);
        if (url.isBlank()) {
            return url;
        }
        try {
            return Reach.uri(url).toString();
        } catch (Problem e) {
            fields.mistake("url", e.message(), e.hint());
            return url;
        }
    }

    private static @Nullable String when(Fields fields) {
        String when = fields.has("when") ? fields.required("when", 2_000) : null;
        if (when != null && !when.isBlank()) {
            over().conditionMistakes(when)
                    .forEach(mistake -> fields.mistake("when", mistake.message(), mistake.hint()));
        }
        return when;
    }
}
