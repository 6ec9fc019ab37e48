package dev.wheelhouse.tools;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.secrets.TestSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The built-in tools, put together as the platform does, for tests of other packages.
public final class TestTools {

    private TestTools() {}

    public static Tools of(Database database) {
        return new Tools(all(database));
    }

    /// The same and another one.
    public static Tools with(Database database, Tool another) {
        var tools = new ArrayList<>(all(database));
        tools.add(another);
        return new Tools(tools);
    }

    /// All, to be described and never called.
    public static Tools described() {
        return new Tools(all(null));
    }

    /// All but the notes.
    public static Tools withoutDatabase() {
        return new Tools(pure());
    }

    static List<Tool> all(@Nullable Database database) {
        var repository = database == null ? null : TestDatabases.bean(database, NoteRepository.class);
        var notes = new NotesTools(new NoteStore(database, repository));
        var tools = new ArrayList<>(pure());
        tools.addAll(List.of(notes.write(), notes.read(), notes.list()));
        return tools;
    }

    private static List<Tool> pure() {
        return List.of(
                new ClockTool(() -> Instant.parse("2026-11-21T05:00:00Z")),
                new CalculatorTool(),
                new WaitTool(),
                new CallAgentTool(),
                new AskPersonTool(),
                new HttpFetchTool(
                        new HttpFetchConfig(false, 1_000, Duration.ofSeconds(5)),
                        Outbound.direct(),
                        TestSecrets.none()));
    }
}
