package dev.wheelhouse.definitions;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the definitions that lie in a folder, one file each, and reports all mistakes of all files together.
final class LoadFolder {

    private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");

    private final Path folder;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    LoadFolder(Path folder) {
        this.folder = folder;
    }

    /// @param keep takes a file's name without its end, and its text
    void load(BiConsumer<String, String> keep) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file ->
                            YAML.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .forEach(file -> load(file, keep));
        } catch (IOException e) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "Cannot read the definitions folder \"%s\"".formatted(folder),
                    "Correct DEFINITIONS_DIR, or unset it");
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION, "Definitions in %s have mistakes".formatted(folder), null, mistakes);
        }
    }

    private void load(Path file, BiConsumer<String, String> keep) {
        String known = String.valueOf(file.getFileName());
        try {
            keep.accept(known.substring(0, known.lastIndexOf('.')), Files.readString(file));
        } catch (IOException e) {
            mistakes.add(new Problem.Mistake(known, 1, 1, "Not readable as UTF-8 text", "Correct or remove it"));
        } catch (Problem e) {
            if (e.code() != ErrorCode.INVALID_DEFINITION && e.code() != ErrorCode.TOO_LARGE) {
                throw e;
            }
            if (e.mistakes().isEmpty()) {
                mistakes.add(new Problem.Mistake(known, 1, 1, e.message(), e.hint()));
            }
            e.mistakes().forEach(mistake -> mistakes.add(inFile(known, mistake)));
        }
    }

    private static Problem.Mistake inFile(String file, Problem.Mistake mistake) {
        return new Problem.Mistake(
                file + mistake.path(), mistake.line(), mistake.column(), mistake.message(), mistake.hint());
    }
}
