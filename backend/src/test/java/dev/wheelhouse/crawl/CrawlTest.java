package dev.wheelhouse.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a crawl may go.
class CrawlTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void links_lead_to_the_same_server_once_and_without_fragments() {
        String html = """
                <base href="/docs/"><a href="a.html#top">A</a><a href="a.html">A</a><a href="?p=2">next</a>
                <a href="http://example.org/b">other scheme</a><a href="https://example.org:444/b">other port</a>
                <a href="https://other.example/b">other host</a><a href="https://ann@example.org/u">user</a>
                <a href="mailto:a@example.org">mail</a><a href="javascript:x()">script</a><a href="//example.org/c">c</a>
                <a rel="nofollow" href="/d">d</a>""";

        assertThat(Links.of(bytes(html), "text/html; charset=utf-8", "https://example.org/x/"))
                .containsExactly(
                        "https://example.org/docs/a.html",
                        "https://example.org/docs/?p=2",
                        "https://example.org/u",
                        "https://example.org/c");
    }

    @Test
    void page_that_says_nofollow_leads_nowhere_and_neither_does_a_pdf() {
        String html = "<meta name=ROBOTS content='noindex, NoFollow'><a href=/a>a</a>";

        assertThat(Links.of(bytes(html), "text/html", "https://example.org/")).isEmpty();
        assertThat(Links.of(bytes("<a href=/a>a</a>"), "application/pdf", "https://example.org/"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User-agent: *\\nDisallow: /private|/private/x|false",
                "User-agent: *\\nDisallow: /private|/public|true",
                "User-agent: *\\nDisallow:|/x|true",
                "User-agent: *\\nDisallow: /\\nAllow: /docs|/docs/x|true",
                "User-agent: *\\nDisallow: /\\nAllow: /docs|/other|false",
                "User-agent: *\\nDisallow: /a\\nAllow: /a|/a|true",
                "User-agent: *\\nDisallow: /*.pdf$|/x/y.pdf|false",
                "User-agent: *\\nDisallow: /*.pdf$|/x/y.pdf?z|true",
                "User-agent: *\\nDisallow: /*?sort=|/list?sort=up|false",
                "user-agent: other\\nDisallow: /|/x|true",
                "user-agent: other\\nuser-agent: WHEELHOUSE\\nDisallow: /|/x|false",
                "User-agent: *\\nDisallow: /\\n\\nUser-agent: Wheelhouse\\nDisallow: /no|/x|true",
                "User-agent: *\\nDisallow: / # all of it|/x|false",
                "<html>Not found</html>|/x|true"
            })
    void robots_txt_is_read_as_its_standard_says(String text, String path, boolean allows) {
        var robots = Robots.read(200, bytes(text.replace("\\n", "\n")));

        assertThat(robots.allows("https://example.org" + path)).isEqualTo(allows);
    }

    @Test
    void server_without_robots_txt_lets_in_and_a_broken_one_does_not() {
        assertThat(Robots.read(404, bytes("x")).allows("https://example.org/a")).isTrue();
        assertThat(Robots.read(503, bytes("")).allows("https://example.org/a")).isFalse();
    }

    @Test
    void crawl_is_read_as_it_was_kept() {
        var deeper = new Crawl(2, 50, null).deeper(UUID.randomUUID());

        assertThat(deeper.depth()).isEqualTo(1);
        assertThat(Crawl.read(deeper.json())).isEqualTo(deeper);
        assertThat(Crawl.read(null)).isNull();
        assertThat(Crawl.robots("https://example.org:8/a/b?c")).isEqualTo("https://example.org:8/robots.txt");
    }
}
