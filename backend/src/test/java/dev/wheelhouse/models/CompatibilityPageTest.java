package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.models.Provider.Adaptation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// Makes `docs/compatibility.md`: each kind of server is asked for each thing, and the page says what came of it.
///
/// `WRITE_PAGES=yes` writes the page; otherwise it has to be as it would be written.
class CompatibilityPageTest {

    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final List<String> COLUMNS = List.of(
            "pieces", "tools", "parallel", "forced call", "JSON Schema", "images", "thoughts", "counts", "cached");

    @Test
    void page_says_what_comes_of_asking_each_kind_of_server() throws Exception {
        List<Map<String, Object>> servers =
                new Yaml().load(Files.readString(Path.of("src/test/resources/servers.yaml")));
        var page = new StringBuilder(head());
        for (var server : servers) {
            page.append(row(new FakeServer(server)));
        }
        page.append(foot());

        if (System.getenv("WRITE_PAGES") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(written()).as("make gen-compatibility writes it").isEqualTo(page.toString());
    }

    private static String written() throws IOException {
        return Files.exists(PAGE) ? Files.readString(PAGE) : "";
    }

    private static String head() {
        return """
                # What each kind of model server can do here

                Made by a test (`make gen-compatibility`), which asks each server for each thing through the product's own code. The servers
                are fakes that speak their wires and refuse what the real ones were seen to refuse; the real ones change.

                | server | %s | asked without |
                |---|%s---|
                """.formatted(String.join(" | ", COLUMNS), "---|".repeat(COLUMNS.size()));
    }

    private static String foot() {
        return """

                - **yes**: by the server's own means. **words**: the server has none or refuses them, so the instructions ask for it; answers are
                  held against their schema either way. **–**: it does not say.
                - **pieces**: text comes as it is written. **parallel**: several calls in one answer. **forced call**: the model can be made to call
                  a tool. **thoughts**: read and not shown as text; *back*: they go back to the same model beside its calls, as it wants them.
                - **counts**: tokens are counted by the server, thoughts included; *guess*: by us, and the cost is unknown. **cached**: tokens of its
                  cache are counted apart.
                - **asked without**: what it refused in these questions, and is asked without from then on (docs/models.md).
                """;
    }

    private static String row(FakeServer server) throws Exception {
        try (var provider = new FakeProvider()) {
            provider.always(server::answer);
            var target = server.target(provider);
            var models = new TestModels().of(TestModels.config(target));
            var cells = new LinkedHashMap<String, String>();
            plain(models, cells);
            tools(models, provider, server, cells);
            schema(models, provider, cells);
            images(models, provider, cells);
            var learnt = new TreeSet<Adaptation>(
                    models.list().getFirst().targets().getFirst().learnt());
            String without = learnt.isEmpty()
                    ? "–"
                    : learnt.stream().map(Adaptation::word).collect(Collectors.joining(", "));
            assertThat(cells.keySet()).containsExactlyInAnyOrderElementsOf(COLUMNS);
            return "| %s | %s | %s |\n"
                    .formatted(
                            server.name(),
                            COLUMNS.stream().map(cells::get).collect(Collectors.joining(" | ")),
                            without);
        }
    }

    private static ModelCall call(List<ModelMessage> messages, List<ToolDescription> tools, boolean withSchema) {
        return new ModelCall(
                TestModels.call("x").tenant(),
                "default",
                "Be brief.",
                messages,
                tools,
                withSchema ? TestModels.schema("{'a':{'type':'string'}}", "['a']") : null,
                0.2,
                100,
                Duration.ofSeconds(60));
    }

    private static void plain(Models models, Map<String, String> cells) throws InterruptedException {
        var pieces = new ArrayList<String>();
        var twoInARow = List.<ModelMessage>of(new ModelMessage.User("Hello"), new ModelMessage.User("again"));
        models.call(call(twoInARow, List.of(), false), pieces::add);
        pieces.clear();
        var reply = models.call(call(twoInARow, List.of(), false), pieces::add);
        assertThat(reply.text()).isEqualTo("one two");
        cells.put("pieces", pieces.size() > 1 ? "yes" : "whole");
        cells.put("counts", reply.counted() ? "yes" : "guess");
        cells.put("cached", reply.use().cached() > 0 ? "yes" : "–");
    }

    private static void tools(Models models, FakeProvider provider, FakeServer server, Map<String, String> cells)
            throws InterruptedException {
        var question = List.<ModelMessage>of(new ModelMessage.User("Time?"));
        var reply = models.call(call(question, TestModels.tools(), false), _ -> {});
        cells.put("tools", reply.toolCalls().isEmpty() ? "no" : "yes");
        cells.put("parallel", reply.toolCalls().size() == 2 ? "yes" : "no");
        models.call(call(question, TestModels.tools(), false).calling(), _ -> {});
        cells.put("forced call", last(provider).contains("Answer with a call of one") ? "words" : "yes");
        var after = new ArrayList<>(question);
        after.add(new ModelMessage.Assistant("", reply.toolCalls(), reply.kept()));
        reply.toolCalls().forEach(made -> after.add(new ModelMessage.ToolResult(made.id(), made.tool(), "7", false)));
        models.call(call(after, TestModels.tools(), false), _ -> {});
        boolean goesBack =
                last(provider).contains(FakeServer.THOUGHT) || last(provider).contains(FakeServer.SIGNATURE);
        assertThat(reply.text()).doesNotContain(FakeServer.THOUGHT);
        boolean thinks = server.entry().containsKey("thoughts");
        cells.put("thoughts", goesBack ? "back" : thinks ? "yes" : "–");
    }

    private static void schema(Models models, FakeProvider provider, Map<String, String> cells)
            throws InterruptedException {
        models.call(call(List.of(new ModelMessage.User("Hello")), List.of(), true), _ -> {});
        cells.put("JSON Schema", last(provider).contains("matches this JSON Schema") ? "words" : "yes");
    }

    private static void images(Models models, FakeProvider provider, Map<String, String> cells)
            throws InterruptedException {
        var picture = new ModelMessage.User("What?", List.of(new ModelMessage.Image("image/png", "iVBORw0KGgo")));
        models.call(call(List.of(picture), List.of(), false), _ -> {});
        cells.put("images", last(provider).contains("iVBORw0KGgo") ? "yes" : "no");
    }

    private static String last(FakeProvider provider) {
        return provider.requests().getLast().body().toString();
    }
}
