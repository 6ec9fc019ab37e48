package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Searches are kept for who saved them, and for nobody else.
@PlatformTest
class SavedSearchesTest {

    private static final String DEAR = "{\"name\":\"dear\",\"query\":\"state=failed&sort=cost\"}";
    private static final String ANNA = "{\"name\":\"anna's\",\"query\":\"\"}";

    @Inject
    TestServer server;

    private HttpResponse<String> save(String list) {
        return server.send(server.request("/api/v1/search/saved")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(list)));
    }

    @Test
    void a_list_takes_the_place_of_the_one_before() {
        save("{\"data\":[%s,%s]}".formatted(DEAR, ANNA));
        assertThat(TestServer.body(server.get("/api/v1/search/saved")).toString())
                .isEqualTo("{\"data\":[%s,%s]}".formatted(ANNA, DEAR));

        save("{\"data\":[%s]}".formatted(DEAR));
        assertThat(TestServer.body(server.get("/api/v1/search/saved")).toString())
                .isEqualTo("{\"data\":[%s]}".formatted(DEAR));
    }

    @Test
    void another_caller_has_a_list_of_their_own() {
        save("{\"data\":[%s]}".formatted(DEAR));
        var other = server.send(server.request("/api/v1/search/saved")
                .setHeader("Authorization", "Bearer " + server.keyOf("elsewhere"))
                .GET());

        assertThat(TestServer.body(other).get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[{\"name\":\"a\",\"query\":\"\"},{\"name\":\"a\",\"query\":\"q=b\"}]}",
                "{\"data\":[{}]}"
            })
    void what_is_no_list_of_searches_is_refused_and_changes_nothing(String list) {
        save("{\"data\":[%s]}".formatted(DEAR));

        assertThat(save(list).statusCode()).isEqualTo(400);
        assertThat(TestServer.body(server.get("/api/v1/search/saved")).get("data"))
                .hasSize(1);
    }
}
