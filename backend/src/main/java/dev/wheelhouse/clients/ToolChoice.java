package dev.wheelhouse.clients;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether the next answer may, must or must not call a tool.
///
/// @param tool the one that has to be called, for `NAMED` alone
public record ToolChoice(How how, @Nullable String tool) {

    public enum How {
        /// The model decides.
        AUTO,
        /// No tool is offered.
        NONE,
        /// Some tool has to be called.
        REQUIRED,
        /// This tool has to be called.
        NAMED;

        /// The word in a run's options.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static How of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public static final ToolChoice AUTO = new ToolChoice(How.AUTO, null);
    public static final ToolChoice NONE = new ToolChoice(How.NONE, null);
    public static final ToolChoice REQUIRED = new ToolChoice(How.REQUIRED, null);

    public static ToolChoice named(String tool) {
        return new ToolChoice(How.NAMED, tool);
    }

    /// Whether an answer without a call would not do.
    public boolean isForced() {
        return switch (how) {
            case AUTO, NONE -> false;
            case REQUIRED, NAMED -> true;
        };
    }
}
