package dev.wheelhouse.dumps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What stands beside a dump, a word and its value a line; of an encrypted one its bytes and sum too.
record Manifest(Path file, List<String> lines) {

    static final String END = ".manifest";

    static Manifest beside(Path folder, String dump) throws IOException, DamagedException {
        var file = folder.resolve(dump + END);
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new DamagedException("it has no manifest beside it: it is not known whether it is as it was written");
        }
        var lines = List.of(Files.readString(file).split("\n"));
        if (!lines.getFirst().equals("manifest 1")) {
            throw new DamagedException("its manifest is not one, or of a later version");
        }
        return new Manifest(file, lines);
    }

    String said(String word) throws DamagedException {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst()
                .orElseThrow(() -> new DamagedException(
                        "its manifest is cut off or of a dump that is not encrypted: it does not say \"%s\""
                                .formatted(word)));
    }

    /// Holds a file against what the manifest says of its encrypted form.
    void check(Path sealed, String dump) throws IOException, DamagedException {
        if (!said("dump").equals(dump)) {
            throw new DamagedException("the manifest beside it is of \"%s\"".formatted(said("dump")));
        }
        long bytes = Files.size(sealed);
        if (!said("sealed-bytes").equals(Long.toString(bytes))) {
            throw new DamagedException("it has %,d bytes, and %s were written: it was cut off or uploaded by half"
                    .formatted(bytes, said("sealed-bytes")));
        }
    }
}
