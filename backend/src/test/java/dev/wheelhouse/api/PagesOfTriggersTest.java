package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The commands that the pages about triggers and webhooks show do what the pages say.
class PagesOfTriggersTest {

    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern COMMAND =
            Pattern.compile("(?s)curl -X (\\w+) \"\\$URL([^\"]+)\"(.*?)(?:<<'YAML'\n(.*?)\nYAML\n|\n(?=curl|$))");
    private static final Pattern HEADER = Pattern.compile("-H ['\"]([^:]+): ([^'\"]*)['\"]");
    private static final Pattern BODY = Pattern.compile("-d '([^']*)'");

    /// The statuses of a page's commands, sent as curl would send them.
    private static List<Integer> sent(TestServer server, String page) throws IOException {
        var statuses = new ArrayList<Integer>();
        var shells = SHELL.matcher(Files.readString(Path.of("../docs/" + page)));
        while (shells.find()) {
            var commands = COMMAND.matcher(shells.group(1));
            while (commands.find()) {
                var body = BODY.matcher(commands.group(3));
                String text = commands.group(4) != null ? commands.group(4) : body.find() ? body.group(1) : "";
                var request = HttpRequest.newBuilder(server.uri(commands.group(2)))
                        .method(commands.group(1), BodyPublishers.ofString(text));
                var headers = HEADER.matcher(commands.group(3));
                while (headers.find()) {
                    request.header(headers.group(1), headers.group(2).replace("$KEY", TestServer.KEY));
                }
                HttpResponse<String> answer = server.send(request);
                assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
                statuses.add(answer.statusCode());
            }
        }
        return statuses;
    }

    @Test
    void commands_of_the_pages_work() throws IOException {
        var settings = Map.<String, Object>of(
                "database.url",
                TestDatabase.fresh(),
                "secrets.master-key",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        try (var server = TestServer.start(settings)) {
            assertThat(sent(server, "triggers.md")).containsExactly(200, 202);
            assertThat(sent(server, "webhooks.md")).containsExactly(200, 202);
        }
    }
}
