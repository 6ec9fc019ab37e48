package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Answers of real providers that somebody has recorded, through our wires: text, calls and counts are what the
/// recording says, and what fails does so in words.
///
/// The recordings are not ours and not in this repository. `CASSETTES_DIR` names a folder of them in VCR's
/// YAML, such as `tests` of pydantic-ai (MIT).
class CassettesTest {

    @Test
    void recorded_answers_are_read_as_they_are_meant() throws Exception {
        String folder = System.getenv("CASSETTES_DIR");
        assumeTrue(folder != null, "CASSETTES_DIR is not set: no recorded answers of real providers were played");
        var played = new TreeMap<String, Integer>();
        var wrong = new ArrayList<String>();
        for (Path file : files(Path.of(folder))) {
            for (Cassette.Exchange one : Cassette.read(file)) {
                played.merge(one.wire().provider(), 1, Integer::sum);
                String odd = play(one);
                if (!odd.isEmpty()) {
                    wrong.add(Path.of(folder).relativize(file) + " #" + one.number() + ": " + odd);
                }
            }
        }
        System.out.printf("Played %s recorded answers, %d of them wrong.%n", played, wrong.size());
        assertThat(played).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    /// Empty where all is as recorded.
    private static String play(Cassette.Exchange one) throws InterruptedException {
        try (var provider = new FakeProvider()) {
            provider.always(_ -> one.reply());
            var target = TestModels.target(one.wire(), provider);
            try {
                var reply = new TestModels().of(TestModels.config(target)).call(TestModels.call("Hello"), _ -> {});
                return differs(one.expected(), reply);
            } catch (ModelException e) {
                boolean isPlain = !e.sentence().matches("(?s).*(java\\.|Exception\\b|jackson).*");
                return isPlain && one.mayFail() ? "" : e.code() + ": " + e.sentence();
            }
        }
    }

    private static String differs(Cassette.Expected expected, ModelReply reply) {
        var names = reply.toolCalls().stream().map(ToolRequest::tool).toList();
        if (expected.text() != null
                && !expected.text().strip().equals(reply.text().strip())) {
            return "text \"%s\" in place of \"%s\"".formatted(reply.text(), expected.text());
        }
        if (!expected.calls().equals(names)) {
            return "calls %s in place of %s".formatted(names, expected.calls());
        }
        if (reply.toolCalls().stream().anyMatch(call -> call.id().isBlank() || !isObject(call.arguments()))) {
            return "a call without an id or with odd arguments: " + reply.toolCalls();
        }
        boolean isCounted = expected.use() == null || expected.use().equals(reply.use());
        return isCounted ? "" : "counts %s in place of %s".formatted(reply.use(), expected.use());
    }

    private static boolean isObject(String arguments) {
        try {
            JsonNode json = Json.read(arguments);
            return json.isObject();
        } catch (Problem notJson) {
            return false;
        }
    }
}
