package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents over REST from the upload to the hit, and to their end.
@PlatformTest
class CollectionsTest {

    @Inject
    TestServer server;

    private static List<String> titles(JsonNode answer) {
        return answer.path("hits").findValuesAsText("title");
    }

    @Test
    void text_is_found_with_its_page_place_and_parts_of_the_score() {
        var books = TestCollection.make(server, "books");
        books.ready(books.addText("whales.md", "# Whales\n\nThe blue whale is the largest animal.\n\nIt eats krill."));
        books.ready(books.addText("bees.md", "# Bees\n\nA bee dances to show where flowers are."));

        var hit = books.search("Which animals eat krill?").path("hits").path(0);

        assertThat(hit.path("title").asText()).isEqualTo("Whales");
        assertThat(hit.path("page").asInt()).isEqualTo(1);
        assertThat(hit.path("heading").asText()).isEqualTo("Whales");
        assertThat(hit.path("parts").path("lexical").asDouble()).isPositive();
        var page = TestServer.body(books.get(
                "/api/v1/documents/%s/pages/1".formatted(hit.path("document").asText())));
        assertThat(page.path("text")
                        .asText()
                        .substring(
                                hit.path("chars").path(0).asInt(),
                                hit.path("chars").path(1).asInt()))
                .isEqualTo(hit.path("text").asText());
    }

    @Test
    void reading_documents_is_counted_for_no_agent() {
        var logs = TestCollection.make(server, server.keyOf("reader"), "{\"name\":\"logs\"}");
        logs.ready(logs.addText("day.md", "# Monday\n\nCalm sea."));

        var used = TestServer.body(logs.get("/api/v1/usage?by=agent&bucket=total"));

        assertThat(used.path("data").findValuesAsText("name")).containsOnly("");
    }

    @Test
    void uploaded_file_is_read_with_its_name_as_title() {
        var files = TestCollection.make(server, "files");

        var document = files.ready(
                files.upload("staff/holidays.html", "text/html", TestCollection.bytes("<p>Thirty days of leave</p>")));

        assertThat(document.path("title").asText()).isEqualTo("holidays");
        assertThat(document.path("mediaType").asText()).isEqualTo("text/html");
        assertThat(titles(files.search("leave days"))).containsExactly("holidays");
    }

    @Test
    void large_file_comes_in_parts_and_goes_on_where_it_broke_off() {
        var parts = TestCollection.make(server, "parts");
        byte[] bytes = TestCollection.bytes("The quick brown fox. ".repeat(30_000) + "An aardvark at the end.");
        var announced = TestServer.body(
                parts.post(parts.path() + "/documents", "{\"name\":\"fox.txt\",\"size\":%d}".formatted(bytes.length)));
        String path =
                "/api/v1/documents/%s/bytes".formatted(announced.path("id").asText());
        int first = 262_144;

        var begun = parts.put(path, Arrays.copyOf(bytes, first));
        var wrong = parts.put(path + "?offset=1", new byte[first]);
        var here = parts.get("/api/v1/documents/" + announced.path("id").asText());
        parts.put(path + "?offset=" + first, Arrays.copyOfRange(bytes, first, bytes.length));

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(wrong.body()).contains("262144");
        assertThat(here.body()).contains("\"done\":262144");
        assertThat(parts.ended(announced.path("id").asText()).path("state").asText())
                .isEqualTo("ready");
        assertThat(titles(parts.search("aardvark"))).contains("fox");
    }

    @Test
    void same_bytes_are_there_already_unless_under_another_name() {
        var twice = TestCollection.make(server, "twice");
        var first = twice.ready(twice.addText("a.txt", "Some words about otters."));

        var again = TestServer.body(twice.addText("a.txt", "Some words about otters."));
        var other = twice.ready(twice.addText("b.txt", "Some words about otters."));

        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(other.path("id")).isNotEqualTo(first.path("id"));
    }

    @Test
    void newer_version_takes_the_place_of_the_one_before() {
        var versions = TestCollection.make(server, "versions");
        var old = versions.ready(versions.addText("rule.txt", "The password has eight letters."));

        var young = versions.ready(versions.addText("rule.txt", "The password has twelve letters."));

        assertThat(young.path("version").asInt()).isEqualTo(2);
        assertThat(versions.search("password letters").path("hits").findValuesAsText("text"))
                .containsExactly("The password has twelve letters.");
        assertThat(versions.get("/api/v1/documents/" + old.path("id").asText()).statusCode())
                .isEqualTo(404);
        assertThat(TestServer.body(versions.get(versions.path()))
                        .path("passages")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void deleted_document_is_found_no_more_and_may_come_again() {
        var gone = TestCollection.make(server, "gone");
        var document = gone.ready(gone.addText("secret.txt", "The treasure is under the oak."));

        assertThat(gone.delete("/api/v1/documents/" + document.path("id").asText())
                        .statusCode())
                .isEqualTo(204);

        assertThat(gone.search("treasure").path("hits")).isEmpty();
        assertThat(TestServer.body(gone.get(gone.path())).path("passages").asInt())
                .isZero();
        gone.ready(gone.addText("secret.txt", "The treasure is under the oak."));
        assertThat(gone.search("treasure").path("hits")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Activin/Nodal signalling in stem cells, Activin/Nodal signalling in stem cells",
        "The histone H2A.Z, The histone H2A.Z",
        "handbook/days of leave.txt, days of leave",
        "handbook/LICENSE, LICENSE",
        "leave.txt, leave"
    })
    void title_of_a_text_is_its_name_without_folders_and_ending(String name, String title) {
        var named = TestCollection.make(server, "named-" + Math.floorMod(name.hashCode(), 100_000));

        assertThat(named.ready(named.addText(name, "There are thirty days of leave."))
                        .path("title")
                        .asText())
                .isEqualTo(title);
    }

    @Test
    void file_without_text_fails_with_a_reason_and_a_remedy() {
        var bad = TestCollection.make(server, "bad");

        var picture = bad.ended(bad.upload("scan.png", "text/plain", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2}));
        var blank = bad.ended(bad.upload("blank.txt", "text/plain", TestCollection.bytes(" \n\n ")));

        assertThat(List.of(picture.path("reason").asText(), blank.path("reason").asText()))
                .containsOnly("no_text");
        assertThat(picture.path("remedy").asText()).contains("recogni");
        assertThat(TestServer.body(bad.post(
                                "/api/v1/documents/%s/retry"
                                        .formatted(blank.path("id").asText()),
                                "{}"))
                        .path("state")
                        .asText())
                .isEqualTo("queued");
        assertThat(bad.ended(blank.path("id").asText()).path("reason").asText()).isEqualTo("no_text");
    }

    @Test
    void cancelled_document_leaves_nothing_to_find() {
        var stopped = TestCollection.make(server, "stopped");
        var announced = TestServer.body(stopped.post(stopped.path() + "/documents", "{\"name\":\"x\",\"size\":9}"));
        String path = "/api/v1/documents/" + announced.path("id").asText();

        var cancelled = TestServer.body(stopped.post(path + "/cancel", "{}"));

        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(stopped.search("x").path("hits")).isEmpty();
        assertThat(TestServer.body(stopped.post(path + "/cancel", "{}"))
                        .path("state")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void search_answers_by_label_and_by_document() {
        var labelled = TestCollection.make(server, "labelled");
        for (String team : List.of("sales", "people")) {
            labelled.ready(labelled.post(
                    labelled.path() + "/documents",
                    "{\"key\":\"%s\",\"text\":\"A rule about travel.\",\"labels\":{\"team\":\"%s\"}}"
                            .formatted(team, team)));
        }

        var sales = labelled.search("travel rule", ",\"filter\":{\"labels\":{\"team\":\"sales\"}}");
        String document = sales.path("hits").path(0).path("document").asText();

        assertThat(titles(sales)).containsExactly("sales");
        assertThat(titles(labelled.search("travel rule"))).hasSize(2);
        assertThat(titles(labelled.search("travel rule", ",\"filter\":{\"document\":\"%s\"}".formatted(document))))
                .containsExactly("sales");
    }

    @Test
    void other_tenants_neither_see_nor_find_nor_change_anything() {
        var ours = TestCollection.make(server, "ours");
        var document = ours.ready(ours.addText("plan.txt", "We sail at dawn."));
        String stranger = server.keyOf("stranger");
        var theirs = TestCollection.make(server, stranger, "{\"name\":\"ours\"}");
        theirs.ready(theirs.addText("plan.txt", "They sail at noon."));
        String id = document.path("id").asText();

        for (String collection : List.of(ours.id(), UUID.randomUUID().toString())) {
            var answer = theirs.post(
                    "/api/v1/collections/search",
                    "{\"collections\":[\"%s\"],\"query\":\"sail\"}".formatted(collection));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(theirs.post("/api/v1/collections/%s/documents".formatted(collection), "{\"url\":\"x\"}")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(theirs.search("sail dawn noon").path("hits").findValuesAsText("text"))
                .containsExactly("They sail at noon.");
        assertThat(theirs.search("sail", ",\"filter\":{\"document\":\"%s\"}".formatted(id))
                        .path("hits"))
                .isEmpty();
        assertThat(theirs.delete("/api/v1/documents/" + id).statusCode()).isEqualTo(404);
        assertThat(ours.search("sail").path("hits")).hasSize(1);
    }

    @Test
    void scripts_without_spaces_are_found_by_pairs_of_letters() {
        var asia = TestCollection.make(server, "asia");
        var document = asia.ready(asia.addText("東京", "東京都は日本の首都である。人口は約千四百万人。"));
        asia.ready(asia.addText("กรุงเทพ", "กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย"));

        assertThat(document.path("language").asText()).isEqualTo("ja");
        assertThat(titles(asia.search("日本の首都はどこですか"))).first().isEqualTo("東京");
        assertThat(titles(asia.search("เมืองหลวง"))).first().isEqualTo("กรุงเทพ");
    }

    @Test
    void all_mistakes_of_a_request_are_told_at_once() {
        var answer = server.post(
                "/api/v1/collections/search",
                "{\"collections\":[],\"k\":99,\"mode\":\"magic\",\"colour\":1,\"filter\":{\"document\":\"x\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(answer).path("errors").findValuesAsText("path"))
                .contains("/query", "/collections", "/k", "/mode", "/colour", "/filter/document");
    }
}
