package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a route does not know is told by its name, on every route; what its description names is known.
@PlatformTest
class KnowQueryTest {

    /// Whose query others write: authorization servers, senders of webhooks, OpenAI's clients, probes.
    private static final Pattern OPEN =
            Pattern.compile("GET /(health|ready|metrics|api/v1/sign-ins/callback)?|POST /hooks/.*|[A-Z]+ /v1/.*");

    @Inject
    TestServer server;

    private HttpResponse<String> ask(String route, String query) {
        String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x");
        return server.send(server.request(path + "?" + query)
                .header("Content-Type", "application/json")
                .method(route.substring(0, route.indexOf(' ')), BodyPublishers.ofString("{}")));
    }

    @Test
    void unknown_parameter_is_refused_by_name_on_every_route() {
        var accepted = new ArrayList<String>();
        for (String route : Routes.of(server)) {
            var answer = ask(route, "limmit=1");
            if (!OPEN.matcher(route).matches() && !answer.body().contains("There is no parameter \\\"limmit\\\"")) {
                accepted.add(route + " " + answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void every_parameter_of_the_description_is_known() {
        var unknown = new ArrayList<String>();
        for (String route : Routes.of(server)) {
            for (String name : described(route)) {
                var answer = ask(route, name + "=x");
                if (answer.body().contains("There is no parameter")) {
                    unknown.add(route + " " + name);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static List<String> described(String route) {
        String[] parts = route.split(" ");
        var path = Specification.document().path("paths").path(parts[1]);
        var names = new ArrayList<String>();
        for (JsonNode given :
                path.path(parts[0].toLowerCase(java.util.Locale.ROOT)).path("parameters")) {
            var parameter = given.has("$ref")
                    ? Specification.document().at(given.path("$ref").asText().substring(1))
                    : given;
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search?to=",
                "search?minCost=",
                "search?maxTokens=1000000000000001",
                "search?state=",
                "search?thread=",
                "search?feedback=",
                "search?sort=",
                "search/count?from=",
                "usage?to=",
                "usage?by=",
                "usage?bucket="
            })
    void parameter_that_has_a_form_is_held_to_it(String query) {
        var answer = server.get("/api/v1/" + query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(query.substring(query.indexOf('?') + 1, query.indexOf('=')));
    }

    @Test
    void all_that_are_unknown_are_told_at_once_with_what_was_meant() {
        var answer = server.get("/api/v1/runs?stat=failed&limit=3&lim=4&%00=x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "There is no parameter \\\"stat\\\"",
                        "Did you mean \\\"state\\\"?",
                        "There is no parameter \\\"lim\\\"");
    }

    @Test
    void a_query_that_is_empty_or_known_is_taken() {
        for (String query : List.of("?", "?limit=3", "?limit=3&", "?&limit=3")) {
            assertThat(server.get("/api/v1/runs" + query).statusCode())
                    .as(query)
                    .isEqualTo(200);
        }
    }

    @Test
    void clients_and_probes_may_add_what_they_like_to_an_open_route() {
        for (String path :
                List.of("/v1/models?api-version=2024-10-21", "/health?probe=lb", "/ready?t=1", "/?ref=docs")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }
}
