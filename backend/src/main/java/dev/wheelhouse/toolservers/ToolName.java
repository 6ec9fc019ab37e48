package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.Hash;
import java.util.Optional;

/// Names that every model takes, 64 of `a-z A-Z 0-9 _ -`, for tools of others: `server__tool`.
final class ToolName {

    static final String BETWEEN = "__";
    private static final int LONGEST = 64;
    private static final int HASHED = 8;

    private ToolName() {}

    /// What does not fit is told apart by a hash of the whole.
    static String of(String server, String remote) {
        String prefix = server + BETWEEN;
        String plain = remote.replaceAll("[^A-Za-z0-9_-]", "_");
        int room = LONGEST - prefix.length();
        return prefix
                + (plain.length() <= room
                        ? plain
                        : plain.substring(0, room - HASHED - 1) + "_"
                                + Hash.of(remote).substring(0, HASHED));
    }

    /// The server that such a name, or an entry of a definition (`server.tool`, `server.*`), begins with.
    static Optional<String> server(String name) {
        int dot = name.indexOf('.');
        int between = name.indexOf(BETWEEN);
        int end = dot >= 0 && (between < 0 || dot < between) ? dot : between;
        return end > 0 ? Optional.of(name.substring(0, end)) : Optional.empty();
    }

    /// The rest of an entry `server.tool`; empty where it is a whole name.
    static Optional<String> remote(String entry) {
        int dot = entry.indexOf('.');
        int between = entry.indexOf(BETWEEN);
        return dot > 0 && (between < 0 || dot < between) ? Optional.of(entry.substring(dot + 1)) : Optional.empty();
    }
}
