package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// The JSON file with the newest result of each experiment, and the class of the machine they come from.
final class Results {

    private final Path file;

    Results(Path file) {
        this.file = file;
    }

    /// Takes the place of an earlier result of the same name.
    void add(Result result) throws IOException {
        var all = read();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        all.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memoryGiB", Math.round(system.getTotalMemorySize() / 1073741824.0));
        var experiments = all.withObjectProperty("experiments");
        experiments.set(result.name(), result.json());
        Files.writeString(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private ObjectNode read() throws IOException {
        return Files.exists(file)
                ? (ObjectNode) Json.read(Files.readString(file))
                : Json.mapper().createObjectNode();
    }
}
