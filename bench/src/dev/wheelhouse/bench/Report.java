package dev.wheelhouse.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The file with the newest figures of each bench.
final class Report {

    private final Path file;
    private final ObjectMapper mapper = new ObjectMapper();

    Report(Path file) {
        this.file = file;
    }

    /// Takes the place of an earlier result of the same bench. True where all bars are met.
    boolean add(String name, String title, Figures figures) throws IOException {
        var all = Files.exists(file) ? (ObjectNode) mapper.readTree(file.toFile()) : mapper.createObjectNode();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        all.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memoryGiB", Math.round(system.getTotalMemorySize() / 1073741824.0));
        boolean passed = figures.all().stream().allMatch(Figures.Figure::passed);
        var json = all.withObjectProperty("benches").putObject(name);
        json.put("name", name).put("title", title).put("passed", passed);
        json.put("command", "make bench BENCH=" + name);
        json.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var list = json.putArray("figures");
        for (var figure : figures.all()) {
            var one = list.addObject().put("name", figure.name());
            one.put("value", Math.round(figure.value() * 1000) / 1000.0).put("written", figure.written());
            if (figure.bar() != null) {
                one.put("bar", figure.bar());
            }
            if (figure.spread() != null) {
                one.put("spread", figure.spread());
            }
            one.put("passed", figure.passed());
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        CostPage.write(all, file.resolveSibling("../cost.md").normalize());
        return passed;
    }
}
