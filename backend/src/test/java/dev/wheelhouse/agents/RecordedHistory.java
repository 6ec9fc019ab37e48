package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Retelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The log of a run as a version of the platform has written it: a line of a file of its version's folder.
///
/// @param kind what it is about; the file's name
/// @param said the conversation that its model was shown, the run's own input at its end
record RecordedHistory(
        String kind, UUID run, String agent, int depth, List<ModelMessage> said, List<Retelling.Entry> log) {

    private static final Path FOLDER = Path.of("src/test/resources/histories");

    static List<String> versions() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Path folder(String version) {
        return FOLDER.resolve(version);
    }

    /// The text of the definition that the version's runs of this agent had.
    static String definition(String version, String agent) throws IOException {
        return Files.readString(folder(version).resolve(agent + ".yaml"));
    }

    static List<RecordedHistory> of(String version) throws IOException {
        var histories = new ArrayList<RecordedHistory>();
        try (Stream<Path> files = Files.list(folder(version))) {
            for (var file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".jsonl")) {
                    for (var line : Files.readAllLines(file)) {
                        histories.add(read(name.replace(".jsonl", ""), Json.read(line)));
                    }
                }
            }
        }
        return histories;
    }

    private static RecordedHistory read(String kind, JsonNode line) {
        var said = new ArrayList<ModelMessage>();
        for (var message : line.path("said")) {
            String text = message.path(1).asText();
            said.add(
                    message.path(0).asText().equals("assistant")
                            ? new ModelMessage.Assistant(text, List.of())
                            : new ModelMessage.User(text));
        }
        var log = new ArrayList<Retelling.Entry>();
        for (var entry : line.path("log")) {
            log.add(new Retelling.Entry(
                    Instant.ofEpochMilli(entry.path(0).asLong()),
                    entry.path(1).asText(),
                    entry.path(2).asInt(),
                    entry.path(3).toString()));
        }
        return new RecordedHistory(
                kind,
                UUID.fromString(line.path("run").asText()),
                line.path("agent").asText(),
                line.path("depth").asInt(),
                said,
                log);
    }

    String line() {
        var line = Json.mapper().createObjectNode();
        line.put("run", run.toString()).put("agent", agent);
        if (depth > 0) {
            line.put("depth", depth);
        }
        var messages = line.putArray("said");
        said.forEach(message -> messages.addArray()
                .add(message instanceof ModelMessage.Assistant ? "assistant" : "user")
                .add(message.text()));
        var entries = line.putArray("log");
        log.forEach(entry -> entries.addArray()
                .add(entry.at().toEpochMilli())
                .add(entry.type())
                .add(entry.step())
                .add(Json.read(entry.data())));
        return line.toString();
    }

    Retelling retelling() {
        return new Retelling(run, new Program.Pin("agent", agent, 1), depth, log);
    }

    @Override
    public String toString() {
        return kind + " " + run;
    }
}
