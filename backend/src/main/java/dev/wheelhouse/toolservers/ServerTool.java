package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.tools.Origin;
import dev.wheelhouse.tools.ToolState;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tool of a server: what it was approved as, and how it stands.
///
/// @param shown what models see: what was approved, or what is offered where nothing was
/// @param server its definition, whatever the server says
record ServerTool(ServerToolRepository.Row row, ToolServer server, Offered shown, ForeignSchema schema) {

    private static final int LONGEST_DESCRIPTION = 8_000;

    static ServerTool of(ServerToolRepository.Row row, ToolServer server) {
        var shown = Offered.read(row.approved() == null ? row.offer() : row.approved());
        return new ServerTool(row, server, shown, ForeignSchema.of(shown.schema()));
    }

    ToolState state() {
        if (row.refused() != null) {
            return ToolState.REFUSED;
        }
        if (!row.present()) {
            return ToolState.GONE;
        }
        if (row.approvedHash() == null) {
            return ToolState.NEW;
        }
        if (!row.approvedHash().equals(row.hash())) {
            return ToolState.CHANGED;
        }
        return row.enabled() ? ToolState.ON : ToolState.OFF;
    }

    /// As a sentence without its end; null where it is on.
    @Nullable
    String reason() {
        return switch (state()) {
            case ON -> null;
            case OFF -> "somebody switched it off";
            case NEW -> "nobody has approved it yet";
            case CHANGED -> "its description or schema has changed since it was approved";
            case GONE -> "\"%s\" no longer offers it".formatted(server.name());
            case REFUSED -> row.refused();
        };
    }

    Effect effect() {
        var chosen = server.choice(row.remote()).effect();
        if (chosen != null) {
            return chosen;
        }
        if (shown.hint("readOnlyHint", false)) {
            return Effect.READ;
        }
        return shown.hint("idempotentHint", false) ? Effect.KEYED : Effect.UNKEYED;
    }

    /// A server that does not say that its tool is harmless is taken to mean that it is not.
    boolean asksFirst() {
        var chosen = server.choice(row.remote()).asksFirst();
        return chosen != null ? chosen : effect() != Effect.READ && shown.hint("destructiveHint", true);
    }

    Duration timeout() {
        return Objects.requireNonNullElse(server.choice(row.remote()).timeout(), server.timeout());
    }

    String description() {
        String text = shown.description().isBlank() ? shown.title() : shown.description();
        String about = text.isBlank() ? "The tool \"%s\" of \"%s\".".formatted(row.remote(), server.name()) : text;
        return dev.wheelhouse.base.Text.shorten(about, LONGEST_DESCRIPTION);
    }

    JsonNode arguments() {
        return schema.schema();
    }

    Origin origin() {
        boolean isChanged = state() == ToolState.CHANGED;
        return new Origin(
                server.name(),
                row.remote(),
                shown.title(),
                state(),
                reason(),
                asksFirst(),
                row.hash(),
                isChanged ? row.approved() : null,
                isChanged ? row.offer() : null);
    }
}
