package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.Routes;
import dev.wheelhouse.http.Specification;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@PlatformTest
class SpecificationTest {

    @Inject
    TestServer server;

    @Test
    void names_every_route_of_the_running_router_and_no_other() {
        assertThat(Specification.operations()).isEqualTo(Routes.of(server));
    }

    @Test
    void is_served_as_it_is() throws IOException {
        String served = server.get("/openapi.json").body();

        assertThat(served).isEqualTo(Files.readString(Specification.SERVED));
    }

    @Test
    void copy_in_docs_is_the_same() throws IOException {
        assertThat(Json.read(Files.readString(Path.of("../docs/openapi.json"))))
                .as("make gen")
                .isEqualTo(Specification.document());
    }

    @Test
    void examples_fit_their_schemas() {
        var schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        Specification.document().at("/components/schemas").properties().forEach(schema -> {
            for (JsonNode example : schema.getValue().path("examples")) {
                var whole = schema.getValue().deepCopy();
                ((com.fasterxml.jackson.databind.node.ObjectNode) whole)
                        .set("components", Specification.document().get("components"));
                assertThat(schemas.getSchema(whole).validate(example))
                        .as(schema.getKey())
                        .isEmpty();
            }
        });
    }

    @Test
    void fields_and_parameters_of_our_own_api_are_spelt_in_camel_case() {
        var names = new TreeSet<String>();
        for (JsonNode parameter : Specification.document().findValues("parameters")) {
            parameter.findParents("in").stream()
                    .filter(one -> one.path("in").asText().equals("query"))
                    .forEach(one -> names.add(one.path("name").asText()));
        }
        Specification.document().at("/components/schemas").properties().stream()
                .filter(schema -> !schema.getKey().startsWith("OpenAi"))
                .flatMap(schema -> schema.getValue().findValues("properties").stream())
                .forEach(fields -> fields.fieldNames().forEachRemaining(names::add));

        // The settings of a tool bear the tool's name.
        assertThat(names).contains("hasMore", "dryRun");
        assertThat(names)
                .filteredOn(field -> !field.matches("[a-z]+([A-Z][a-z]*)*"))
                .containsExactly("http_fetch");
    }

    @Test
    void every_reference_leads_somewhere() {
        var wrong = new HashSet<String>();
        Specification.document().findValuesAsText("$ref").forEach(reference -> {
            if (Specification.document().at(reference.substring(1)).isMissingNode()) {
                wrong.add(reference);
            }
        });
        assertThat(wrong).isEmpty();
    }
}
