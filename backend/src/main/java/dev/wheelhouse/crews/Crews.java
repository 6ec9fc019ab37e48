package dev.wheelhouse.crews;

import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.KnownNames;
import dev.wheelhouse.states.States;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The front door: reads workflows that are written in states or as a crew.
public final class Crews {

    private static final States.Form FORM = new ReadCrew();

    private Crews() {}

    /// Refuses a definition with all of its mistakes.
    public static Definition read(String text, KnownNames known) {
        return States.read(text, known, FORM);
    }

    /// Reads a stored definition, which had no mistakes when it was stored.
    public static Definition readStored(String text) {
        return States.readStored(text, FORM);
    }

    /// Whether a definition that was read without mistakes is written as a crew.
    public static boolean isCrew(String text) {
        return Definitions.tree(text, Definitions.LONGEST).has(ReadCrew.KEY);
    }

    /// The definition in states, as YAML: what a crew stands for, or the text itself where it is no crew.
    public static String asStates(String text) {
        return States.written(text, FORM);
    }

    /// Files of CrewAI, as they are.
    ///
    /// @param name of the workflow that is made of them
    /// @param agents its `agents.yaml`
    /// @param tasks its `tasks.yaml`
    /// @param process `sequential` or `hierarchical`; null for the first
    public record Files(
            String name,
            String agents,
            String tasks,
            @Nullable String process) {}

    /// Something of the files that has no place in a crew, or another one.
    ///
    /// @param path the file and the keys that lead there, such as `agents.yaml/researcher/llm`
    public record Left(
            String path, String message, @Nullable String hint) {}

    /// @param yaml a definition with `crew`
    /// @param left what could not be carried over, in the order of the files
    public record Imported(String yaml, List<Left> left) {}

    /// Refuses files that are not YAML, and such that have no agents or no tasks.
    ///
    /// @param known the models and tools that are here
    public static Imported imported(Files files, Here known) {
        return new ImportCrew(files, known).crew();
    }

    /// What an import may name.
    public interface Here {
        boolean hasModel(String alias);

        boolean hasTool(String name);
    }
}
