package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A site that is put into a collection by the address of one of its pages.
@PlatformTest
@Property(name = "knowledge.allow-private", value = "true")
class CrawledPagesTest {

    private static final Map<String, String> PAGES = Map.of(
            "/robots.txt", "User-agent: *\nDisallow: /hidden",
            "/", "<title>Start</title><p>The start.</p><a href=/one>1</a><a href=/hidden>h</a><a href=/two>2</a>",
            "/one", "<title>One</title><p>Otters swim.</p><a href=/>start</a><a href=/deep>deep</a>",
            "/two", "<title>Two</title><p>Badgers dig.</p><a href=/deep>deep</a><a href=https://example.org/x>x</a>",
            "/deep", "<title>Deep</title><p>Moles are blind.</p><a href=/deeper>deeper</a>",
            "/deeper", "<title>Deeper</title><p>Worms.</p>",
            "/hidden", "<title>Hidden</title><p>Secret.</p>");

    @Inject
    TestServer server;

    private HttpServer site;

    @BeforeAll
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            String page = PAGES.get(exchange.getRequestURI().getPath());
            byte[] bytes = String.valueOf(page).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(page == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        site.start();
    }

    @AfterAll
    void close() {
        site.stop(0);
    }

    private Map<String, String> crawled(String name, String crawl) throws InterruptedException {
        var collection = TestCollection.make(server, name);
        String url = "http://127.0.0.1:%d/".formatted(site.getAddress().getPort());
        var added = collection.post(
                collection.path() + "/documents", "{\"url\":\"%s\",\"crawl\":%s}".formatted(url, crawl));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        Await.until(
                "all pages are read",
                () -> TestServer.body(collection.get(collection.path()))
                                .path("unfinished")
                                .asInt()
                        == 0);
        var found = new TreeMap<String, String>();
        for (JsonNode document : TestServer.body(collection.get(collection.path() + "/documents"))
                .path("data")) {
            found.put(
                    document.path("title").asText() + document.path("reason").asText(""),
                    document.path("source").asText());
        }
        return found;
    }

    @Test
    void site_is_read_as_deep_and_as_far_as_asked_and_as_robots_may() throws Exception {
        assertThat(crawled("whole", "{\"depth\":2}"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Start", "url", "One", "crawl", "Two", "crawl", "Deep", "crawl"));
        assertThat(crawled("flat", "{}").keySet()).containsExactlyInAnyOrder("Start", "One", "Two");
        assertThat(crawled("few", "{\"depth\":2,\"pages\":2}").keySet()).containsExactlyInAnyOrder("Start", "One");
    }

    @Test
    void crawl_without_an_address_or_without_bounds_is_refused() {
        var collection = TestCollection.make(server, "refused");

        var answer = collection.post(
                collection.path() + "/documents",
                "{\"text\":\"x\",\"name\":\"x\",\"crawl\":{\"depth\":9,\"pages\":0,\"speed\":1}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(answer).path("errors").findValuesAsText("path"))
                .contains("/crawl", "/crawl/depth", "/crawl/pages", "/crawl/speed");
    }
}
