package dev.wheelhouse.runs;

import dev.wheelhouse.base.Ids;
import java.util.UUID;

/// Names a run.
public record RunId(UUID value) {

    public static RunId next() {
        return new RunId(Ids.next());
    }

    /// Reads an id from outside; refuses with `not_found` what is none.
    public static RunId parse(String text) {
        return new RunId(Ids.parse("run", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
