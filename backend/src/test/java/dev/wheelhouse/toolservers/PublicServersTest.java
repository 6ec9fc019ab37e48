package dev.wheelhouse.toolservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.mcp.FakeMcpServer;
import dev.wheelhouse.mcp.Mcp;
import dev.wheelhouse.mcp.McpServer;
import dev.wheelhouse.outbound.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// Tool lists in the forms that public servers send: each tool can be used, or says in words why not.
class PublicServersTest {

    private static final Path LISTS = Path.of("src/test/resources/public-servers.yaml");

    static Stream<Arguments> servers() {
        try {
            JsonNode all = Json.mapper().valueToTree(new Yaml().load(Files.readString(LISTS)));
            return StreamSupport.stream(all.spliterator(), false)
                    .map(server -> Arguments.of(server.path("name").asText(), server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Offered> offered(JsonNode server) throws IOException, InterruptedException {
        var sent = new ArrayList<String>();
        for (var tool : server.path("tools")) {
            ObjectNode plain = tool.deepCopy();
            plain.remove(List.of("call", "not"));
            sent.add(plain.toString());
        }
        try (var fake = new FakeMcpServer().tools(sent.toArray(String[]::new));
                var outbound = Outbound.direct()) {
            var place = new McpServer(
                    fake.url(), fake.url(), List.of(), "", List.of("localhost"), null, false, Duration.ofSeconds(20));
            var offers = new Mcp(outbound).list(place).stream().map(Offered::of).toList();
            return AskServers.checked("them", offers);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void each_tool_is_usable_or_refused_in_words(String name, JsonNode server) throws Exception {
        for (var offer : offered(server)) {
            String refused = offer.refused();
            var expected = server.path("refused").path(offer.remote());
            if (refused != null) {
                assertThat(refused).as(offer.remote()).doesNotContain("Exception", "java", "null");
                assertThat(expected.isMissingNode()
                                && !offer.remote().isEmpty()
                                && !offer.remote().equals("list"))
                        .as("%s is refused: %s", offer.remote(), refused)
                        .isFalse();
                assertThat(refused).contains(expected.asText());
            } else {
                assertThat(expected.isMissingNode()).as(offer.remote()).isTrue();
                checked(server, offer);
            }
        }
    }

    private static void checked(JsonNode server, Offered offer) {
        var schema = ForeignSchema.of(offer.schema());
        assertThat(Schema.mistakes(schema.schema())).as(offer.remote()).isEmpty();
        assertThat(ToolName.of("them", offer.remote())).matches("[a-zA-Z0-9_-]{1,64}");
        for (var tool : server.path("tools")) {
            if (tool.path("name").asText().equals(offer.remote())) {
                if (tool.has("call")) {
                    assertThat(Schema.of(schema.schema()).wrong(tool.get("call")))
                            .as(offer.remote())
                            .isEmpty();
                }
                if (tool.has("not")) {
                    assertThat(Schema.of(schema.schema()).wrong(tool.get("not")))
                            .as(offer.remote())
                            .isNotEmpty();
                }
            }
        }
    }
}
