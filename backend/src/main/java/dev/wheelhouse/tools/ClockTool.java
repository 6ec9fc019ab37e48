package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// Tells the time.
@Singleton
final class ClockTool implements Tool {

    private final InstantSource clock;

    ClockTool(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String description() {
        return "Tells the current date, time and day of the week, in UTC or in a time zone such as Europe/Berlin.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "zone": {"type": "string", "maxLength": 64, "description": "IANA time zone; defaults to UTC"}}}""";
    }

    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) {
        String zone = arguments.path("zone").asText("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "Unknown time zone \"%s\"".formatted(zone),
                    Suggest.nearest(zone, ZoneId.getAvailableZoneIds())
                            .map("Did you mean \"%s\"?"::formatted)
                            .orElse("Use a name such as Europe/Berlin"));
        }
        var now = clock.instant().atZone(ZoneId.of(zone));
        return Json.mapper()
                .createObjectNode()
                .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.withNano(0)))
                .put("zone", zone)
                .put("day", now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
}
