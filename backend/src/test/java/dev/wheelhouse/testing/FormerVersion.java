package dev.wheelhouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What version 0.1.0 left in a database and what it says to one, for tests of upgrades and of both versions together.
public final class FormerVersion {

    /// The last migration of 0.1.0.
    public static final String SCHEMA = "8";

    private FormerVersion() {}

    /// Runs in every state, as SQL. Their times are long past, so that all that waits for time is due.
    public static String rows() {
        return resource("rows-of-0.1.0.sql");
    }

    /// One of its statements about questions, threads and their runs.
    public static String statement(String name) {
        var found = Pattern.compile("(?ms)^-- name: " + Pattern.quote(name) + "$(.*?)(?=^-- name:|\\z)")
                .matcher(resource("statements-of-0.1.0.sql"));
        if (!found.find()) {
            throw new IllegalArgumentException("0.1.0 has no statement \"%s\"".formatted(name));
        }
        return found.group(1).strip();
    }

    private static String resource(String name) {
        try (InputStream in = FormerVersion.class.getResourceAsStream("/upgrade/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
