package dev.wheelhouse.triggers;

import java.util.Locale;

/// What makes a trigger fire.
public sealed interface Source permits Schedule, Hook, Happening {

    enum Kind {
        SCHEDULE,
        WEBHOOK,
        EVENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    default Kind kind() {
        return switch (this) {
            case Schedule schedule -> Kind.SCHEDULE;
            case Hook hook -> Kind.WEBHOOK;
            case Happening happening -> Kind.EVENT;
        };
    }
}
