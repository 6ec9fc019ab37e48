package dev.wheelhouse.triggers;

import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.cron.Cron;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a trigger's definition from YAML or JSON, and reports all its mistakes at once.
final class TriggerReader {

    private static final Set<String> KEYS = Set.of(
            "kind",
            "name",
            "description",
            "enabled",
            "agent",
            "workflow",
            "input",
            "when",
            "schedule",
            "webhook",
            "event");
    private static final Set<String> SCHEDULE = Set.of("cron", "timeZone", "missed", "overlap", "jitter");
    private static final Set<String> EVENT = Set.of("types", "agent", "workflow");
    private static final String ONE_SOURCE =
            "Write one of `schedule: {cron: 0 2 * * *}`, `webhook: {verify: standard, secret: secret://name}` and "
                    + "`event: {types: [run.failed]}`";

    /// Why a program cannot be started, null where it can.
    @FunctionalInterface
    interface Targets {
        @Nullable
        String refusal(Trigger.Target target);
    }

    private final Targets targets;

    private TriggerReader(Targets targets) {
        this.targets = targets;
    }

    static Trigger read(String text, Targets targets) {
        return Definitions.read(text, KEYS, new TriggerReader(targets)::trigger);
    }

    static Trigger readStored(String text) {
        return Definitions.readStored(text, KEYS, new TriggerReader(target -> null)::trigger);
    }

    private Trigger trigger(Fields fields) {
        fields.choice("kind", Triggers.KIND, List.of(Triggers.KIND));
        String name = fields.required("name", 63);
        if (!name.isBlank() && !Definitions.NAME.matcher(name).matches()) {
            fields.mistake(
                    "name",
                    "\"%s\" is not a valid name of a trigger".formatted(Text.shorten(name, 70)),
                    Definitions.NAME_HINT);
        }
        boolean enabled = !fields.has("enabled") || fields.flag("enabled");
        var target = target(fields);
        var source = source(fields);
        String when = fields.has("when") ? fields.required("when", 2_000) : null;
        checkExpressions(fields, source, when);
        checkInput(fields, source, target);
        return new Trigger(
                name, fields.text("description", "", 500), enabled, target, when, fields.tree("input"), source);
    }

    private Trigger.Target target(Fields fields) {
        if (fields.has("agent") == fields.has("workflow")) {
            fields.mistake(
                    fields.has("agent") ? "workflow" : "",
                    fields.has("agent") ? "It cannot start both an agent and a workflow" : "It starts nothing",
                    "Write `agent: name` or `workflow: name`");
            return new Trigger.Target("agent", "");
        }
        String kind = fields.has("agent") ? "agent" : "workflow";
        var target = new Trigger.Target(kind, fields.required(kind, 63));
        String refusal = target.name().isBlank() ? null : targets.refusal(target);
        if (refusal != null) {
            fields.mistake(kind, refusal, "Name one that is published");
        }
        return target;
    }

    private static Source source(Fields fields) {
        var given = new TreeSet<String>();
        for (var kind : Source.Kind.values()) {
            if (fields.has(kind.word())) {
                given.add(kind.word());
            }
        }
        if (given.size() != 1) {
            fields.mistake(
                    given.isEmpty() ? "" : given.last(),
                    given.isEmpty() ? "Nothing makes it fire" : "It cannot be both " + String.join(" and ", given),
                    ONE_SOURCE);
        }
        if (fields.has("webhook")) {
            return HookReader.read(fields.inside("webhook", HookReader.KEYS));
        }
        return fields.has("event")
                ? happening(fields.inside("event", EVENT))
                : schedule(fields.inside("schedule", SCHEDULE), fields.has("schedule"));
    }

    private static Schedule schedule(Fields fields, boolean isGiven) {
        String text = isGiven ? fields.required("cron", 200) : "0 0 * * *";
        var reading = Cron.read(text);
        if (!text.isBlank()) {
            reading.mistakes()
                    .forEach(mistake -> fields.mistake(
                            "cron", "%s (at %d)".formatted(mistake.message(), mistake.at() + 1), mistake.hint()));
        }
        var cron = reading.cron() == null ? Cron.read("@daily").cron() : reading.cron();
        return new Schedule(
                text,
                java.util.Objects.requireNonNull(cron),
                zone(fields),
                Schedule.Missed.valueOf(word(fields, "missed", "skip", Schedule.Missed.values())),
                Schedule.Overlap.valueOf(word(fields, "overlap", "skip", Schedule.Overlap.values())),
                fields.time("jitter", Duration.ZERO, Duration.ofHours(1)));
    }

    private static String word(Fields fields, String key, String otherwise, Enum<?>[] values) {
        var words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return fields.choice(key, otherwise, words).toUpperCase(Locale.ROOT);
    }

    /// Names of places: an offset or a short name knows nothing of the clocks being changed.
    private static ZoneId zone(Fields fields) {
        String text = fields.text("timeZone", "UTC", 60);
        var known = ZoneId.getAvailableZoneIds();
        if (known.contains(text)) {
            return ZoneId.of(text);
        }
        fields.mistake(
                "timeZone",
                "\"%s\" is no time zone".formatted(Text.shorten(text, 60)),
                text.matches("[+-].*|(?i)(utc|gmt)[+-].*")
                        ? "Name a place, such as Europe/Berlin: an offset knows nothing of summer time"
                        : Suggest.hint(text, known));
        return ZoneId.of("UTC");
    }

    private static Happening happening(Fields fields) {
        if (!fields.has("types")) {
            fields.mistake("types", "\"types\" is missing", "Name events, such as [run.failed]");
        }
        var types = fields.names("types", 20, Happening.KNOWN, "event");
        if (fields.has("agent") && fields.has("workflow")) {
            fields.mistake("workflow", "It cannot be about both an agent and a workflow", "Keep one of them");
        }
        return new Happening(
                Set.copyOf(new TreeSet<>(types)), nameOrNull(fields, "agent"), nameOrNull(fields, "workflow"));
    }

    private static @Nullable String nameOrNull(Fields fields, String key) {
        return fields.has(key) ? fields.required(key, 63) : null;
    }

    private static void checkExpressions(Fields fields, Source source, @Nullable String when) {
        if (when != null && !when.isBlank()) {
            Given.conditionMistakes(source.kind(), when)
                    .forEach(mistake -> fields.mistake("when", mistake.message(), mistake.hint()));
        }
        var input = fields.tree("input");
        if (input != null) {
            Template.of(input).expressions((pointer, expression) -> Given.mistakes(source.kind(), expression)
                    .forEach(mistake -> fields.mistakeIn("input", pointer, mistake.message(), mistake.hint())));
        }
    }

    private static void checkInput(Fields fields, Source source, Trigger.Target target) {
        if (source instanceof Schedule
                && fields.has("schedule")
                && target.kind().equals("agent")
                && !fields.has("input")) {
            fields.mistake("input", "\"input\" is missing", "Write what the agent is told");
        }
    }
}
