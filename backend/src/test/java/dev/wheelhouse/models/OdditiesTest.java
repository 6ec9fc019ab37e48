package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.models.Oddity.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What model servers were seen to send, each through a real socket, in one piece and in pieces cut at odd places.
class OdditiesTest {

    private static final Duration SHORT = Duration.ofSeconds(6);
    private static final TargetConfig.Timeouts TIMEOUTS = new TargetConfig.Timeouts(SHORT, SHORT, SHORT, SHORT);

    static List<Oddity> oddities() throws IOException {
        return Oddity.all();
    }

    @Test
    void the_collection_is_large() throws IOException {
        assertThat(oddities()).hasSizeGreaterThanOrEqualTo(750);
        assertThat(oddities().stream().map(Oddity::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void what_servers_send_is_read_as_it_is_meant(Oddity oddity) throws Exception {
        var expected = oddity.expected();
        for (int cut : List.of(0, 7)) {
            assertThat(outcome(oddity, cut)).as(oddity.place(cut)).isEqualTo(expected);
        }
    }

    private static Told outcome(Oddity oddity, int cut) throws InterruptedException {
        var test = new TestModels();
        try (var provider = new FakeProvider()) {
            provider.always(request -> oddity.reply(provider.requests().size(), cut));
            var target = TestModels.target(oddity.wire(), provider);
            var shown = new ArrayList<String>();
            var watcher = new ModelWatcher() {
                @Override
                public void delta(String text) {
                    shown.add(text);
                }

                @Override
                public void reset() {
                    shown.clear();
                }
            };
            var models = test.of(TestModels.config(target), TIMEOUTS);
            try {
                var reply = models.call(oddity.call(), watcher);
                assertThat(String.join("", shown)).as("what was shown live").isEqualTo(reply.text());
                assertThat(reply.toolCalls().stream().map(ToolRequest::id)).doesNotHaveDuplicates();
                return oddity.told(reply, provider.requests().size());
            } catch (ModelException e) {
                assertThat(e.sentence() + e.hint())
                        .as("no class names, no keys")
                        .doesNotContain("java.", "jackson", "IOException", "secret of");
                return oddity.told(e, provider.requests().size(), test.pauses);
            }
        }
    }
}
