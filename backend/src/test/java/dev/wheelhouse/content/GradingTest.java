package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// A collection's own questions, and what its search makes of them.
@PlatformTest
class GradingTest {

    @Inject
    TestServer server;

    private HttpResponse<String> write(TestCollection to, String questions) {
        return server.send(server.request(to.path() + "/questions")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(questions)));
    }

    @Test
    void questions_are_graded_by_the_documents_that_answer_them() {
        var animals = TestCollection.make(server, "animals");
        animals.ready(animals.addText("otter.txt", "The otter swims in rivers and eats fish."));
        animals.ready(animals.addText("badger.txt", "The badger digs in the woods and eats worms."));
        animals.ready(animals.addText("fish.txt", "Fish live in rivers. Fish swim. Fish are eaten."));

        write(animals, """
                {"questions": [
                  {"question": "Who digs for worms?", "documents": ["badger.txt"]},
                  {"question": "Where do fish swim?", "documents": ["otter.txt"]},
                  {"question": "Who builds dams?", "documents": ["beaver.txt", "otter.txt"]}]}""");
        write(animals, """
                {"questions": [
                  {"question": "Who digs for worms?", "documents": ["badger.txt"]},
                  {"question": "Where do fish swim?", "documents": ["otter.txt"]}]}""");
        var report = TestServer.body(animals.post(animals.path() + "/grade", "{}"));

        var hybrid = report.path("grades").path(0);
        assertThat(hybrid.path("mode").asText()).isEqualTo("hybrid");
        assertThat(hybrid.path("first").asInt()).isEqualTo(1);
        assertThat(hybrid.path("found").asInt()).isEqualTo(2);
        assertThat(hybrid.path("ndcg").asDouble()).isCloseTo((1 + 1 / 1.585) / 2, within(0.001));
        assertThat(report.path("questions").findValuesAsText("rank")).containsExactly("1", "2");
        assertThat(report.path("questions").path(1).path("best").toString()).isEqualTo("[\"fish.txt\",\"otter.txt\"]");
    }

    @Test
    void tenth_document_counts_behind_nine_with_many_passages() {
        var rivers = TestCollection.make(server, "rivers");
        for (int n = 1; n < 10; n++) {
            rivers.ready(rivers.addText("otters-%d.txt".formatted(n), "Otters swim in otters' rivers. ".repeat(120)));
        }
        rivers.ready(rivers.addText(
                "note.txt",
                "Somebody who passed by some days ago wrote down that there might be otters in these parts."));
        write(rivers, "{\"questions\": [{\"question\": \"otters\", \"documents\": [\"note.txt\"]}]}");

        var report = TestServer.body(rivers.post(rivers.path() + "/grade", "{}"));

        assertThat(report.path("questions").path(0).path("rank").asInt()).isEqualTo(10);
    }

    @Test
    void collection_without_questions_has_no_grade() {
        var bare = TestCollection.make(server, "bare");

        assertThat(bare.post(bare.path() + "/grade", "{}").statusCode()).isEqualTo(409);
        assertThat(TestServer.body(bare.get(bare.path() + "/questions")).path("questions"))
                .isEmpty();
    }

    @Test
    void all_that_is_wrong_with_questions_is_told_at_once() {
        var wrong = TestCollection.make(server, "wrong");

        var answer = write(wrong, """
                {"questions": [{"question": "", "documents": []}, {"documents": ["a\\nb"], "rank": 1}], "name": "x"}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(answer).path("errors").findValuesAsText("path"))
                .contains(
                        "/questions/0/question",
                        "/questions/0/documents",
                        "/questions/1/question",
                        "/questions/1/documents",
                        "/questions/1/rank",
                        "/name");
    }
}
