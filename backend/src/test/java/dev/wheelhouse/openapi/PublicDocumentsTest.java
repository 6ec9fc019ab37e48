package dev.wheelhouse.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// Documents in the shapes of public APIs: each operation can be used, or says in words why not.
class PublicDocumentsTest {

    private static final Path DOCUMENTS = Path.of("src/test/resources/public-documents.yaml");

    static Stream<Arguments> documents() {
        try {
            JsonNode all = Json.mapper().valueToTree(new Yaml().load(Files.readString(DOCUMENTS)));
            return StreamSupport.stream(all.spliterator(), false)
                    .map(document -> Arguments.of(document.path("name").asText(), document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void each_operation_is_usable_or_refused_in_words(String name, JsonNode document) {
        ObjectNode plain = document.deepCopy();
        plain.remove(List.of("name", "calls", "nots", "refused", "document"));
        if (document.has("document")) {
            assertThatThrownBy(() -> OpenApi.read(plain.toString(), null, null))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(document.path("document").asText());
            return;
        }
        var unseen = new TreeSet<String>();
        document.path("calls").fieldNames().forEachRemaining(unseen::add);
        for (var operation : OpenApi.read(plain.toString(), null, null)) {
            var refused = document.path("refused").path(operation.name());
            if (operation.refused() != null) {
                assertThat(operation.refused()).as(operation.name()).doesNotContain("Exception", "null");
                assertThat(operation.refused()).contains(refused.asText());
                assertThat(document.path("calls").has(operation.name()))
                        .as("%s is refused: %s", operation.name(), operation.refused())
                        .isFalse();
            } else {
                assertThat(refused.isMissingNode()).as(operation.name()).isTrue();
                checked(document, operation);
            }
            unseen.remove(operation.name());
        }
        assertThat(unseen).isEmpty();
    }

    private static void checked(JsonNode document, Operation operation) {
        assertThat(Schema.mistakes(operation.schema())).as(operation.name()).isEmpty();
        var schema = Schema.of(operation.schema());
        var call = document.path("calls").path(operation.name());
        var not = document.path("nots").path(operation.name());
        if (!call.isMissingNode()) {
            assertThat(schema.wrong(call)).as(operation.name()).isEmpty();
        }
        if (!not.isMissingNode()) {
            assertThat(schema.wrong(not)).as(operation.name()).isNotEmpty();
        }
    }
}
