package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// Makes `docs/proof.md`: `make proof`. Arguments: the published figures, the page, and a file of new results, which
/// are published first where they are of full size. From the same figures comes the same page.
public final class Proof {

    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    private Proof() {}

    public static void main(String[] files) throws IOException {
        var published = Path.of(files[0]);
        if (files.length > 2 && Files.exists(Path.of(files[2]))) {
            publish(published, Path.of(files[2]));
        }
        Files.writeString(Path.of(files[1]), page(Json.read(Files.readString(published))));
    }

    private static void publish(Path published, Path results) throws IOException {
        var all = Files.exists(published)
                ? (ObjectNode) Json.read(Files.readString(published))
                : Json.mapper().createObjectNode();
        var found = Json.read(Files.readString(results));
        for (var one : found.path("experiments").properties()) {
            if (one.getValue().path("size").asText().equals("full")) {
                if (found.has("machine")) {
                    all.set("machine", found.path("machine"));
                }
                all.withObjectProperty("experiments").set(one.getKey(), one.getValue());
            }
        }
        Files.createDirectories(published.toAbsolutePath().getParent());
        Files.writeString(
                published, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    static String page(JsonNode published) {
        var page = HOLE.matcher(template())
                .replaceAll(hole -> hole.group(1).equals("machine")
                        ? machine(published.path("machine"))
                        : java.util.regex.Matcher.quoteReplacement(figures(
                                hole.group(1), published.path("experiments").path(hole.group(1)))));
        return page.strip() + "\n";
    }

    private static String machine(JsonNode machine) {
        return "The figures below come from a Linux machine with %d cores and %d GiB of memory, harness and load included."
                .formatted(
                        machine.path("cores").asInt(), machine.path("memoryGiB").asInt());
    }

    private static String figures(String name, JsonNode experiment) {
        if (experiment.isMissingNode()) {
            return "Not measured yet.";
        }
        var told = new ArrayList<String>();
        for (var figure : experiment.path("figures")) {
            String bar = figure.has("bar") ? " (" + figure.path("bar").asText() + ")" : "";
            String missed = figure.path("passed").asBoolean() ? "" : " **missed**";
            told.add(figure.path("name").asText() + " " + figure.path("written").asText() + bar + missed);
        }
        String command = "make chaos EXPERIMENT=%s SEED=%s"
                .formatted(name, experiment.path("seed").asText());
        return "→ **%s.** %s. [%s, %d s, `%s`]"
                .formatted(
                        experiment.path("passed").asBoolean() ? "Passed" : "Missed",
                        experiment.has("broke")
                                ? "It broke off: " + experiment.path("broke").asText()
                                : String.join(", ", told),
                        experiment.path("at").asText().substring(0, 10),
                        experiment.path("seconds").asInt(),
                        experiment.path("command").asText(command));
    }

    private static String template() {
        try (var in = Proof.class.getResourceAsStream("proof.template")) {
            if (in == null) {
                throw new IllegalStateException("proof.template does not lie beside " + Proof.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
