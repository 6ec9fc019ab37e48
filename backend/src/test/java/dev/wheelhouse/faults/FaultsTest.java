package dev.wheelhouse.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.LogContext;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.testing.Await;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class FaultsTest {

    /// Not of this package, whose own lines are no faults.
    private static final Logger LOG = LoggerFactory.getLogger("dev.wheelhouse.Some");
    private static final String SECRET = "sk-123 of anna@example.org";

    private FakeEnvelopes server;
    private SendFaults sending;
    private CatchFaults catching;

    @BeforeEach
    void start() throws Exception {
        server = new FakeEnvelopes();
        sending = new SendFaults(
                Outbound.direct(), Dsn.parse(server.dsn()).orElseThrow(), new Envelope("1.2", "replica-1", "test"));
        catching = new CatchFaults(sending::offer);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        catching.setContext(context);
        catching.start();
        context.getLogger(LOG.getName()).addAppender(catching);
    }

    @AfterEach
    void stop() throws Exception {
        ((ch.qos.logback.classic.Logger) LOG).detachAppender(catching);
        server.close();
        sending.close();
    }

    private static void fail(String argument) {
        LOG.error(
                "Something of {} broke.",
                argument,
                new IllegalStateException(argument, new IllegalArgumentException(argument)));
    }

    private JsonNode event() throws Exception {
        Await.until("an envelope", () -> !server.taken().isEmpty());
        return server.taken().getFirst().event();
    }

    @Test
    void fault_is_sent_as_an_envelope_with_what_it_is_about() throws Exception {
        LogContext.duringRun(TenantId.DEFAULT, "r1", "4bf92f3577b34da6a3ce929d0e0e4736", () -> fail("x"));

        var event = event();
        var envelope = server.taken().getFirst();
        assertThat(server.broken()).isEmpty();
        assertThat(envelope.type()).startsWith("application/x-sentry-envelope");
        assertThat(envelope.auth())
                .isEqualTo("Sentry sentry_version=7, sentry_client=wheelhouse/1.2, sentry_key=abc123");
        assertThat(event.path("level").asText()).isEqualTo("error");
        assertThat(event.path("release").asText()).isEqualTo("wheelhouse@1.2");
        assertThat(event.path("environment").asText()).isEqualTo("test");
        assertThat(event.path("tags").path("run").asText()).isEqualTo("r1");
        assertThat(event.path("tags").path("tenant").asText()).isEqualTo("default");
        assertThat(event.path("contexts").path("trace").path("trace_id").asText())
                .startsWith("4bf92f35");
        assertThat(event.path("logentry").path("message").asText()).isEqualTo("Something of {} broke.");
        var values = event.path("exception").path("values");
        assertThat(values.findValuesAsText("type"))
                .containsExactly("IllegalArgumentException", "IllegalStateException");
        var frames = values.path(1).path("stacktrace").path("frames");
        assertThat(frames.path(frames.size() - 1).path("function").asText()).isEqualTo("fail");
        assertThat(frames.path(frames.size() - 1).path("in_app").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "{\"password\":\"" + SECRET + "\"}",
                "Bearer " + SECRET,
                "line\n" + SECRET,
                "{} " + SECRET
            })
    void nothing_that_anybody_wrote_goes_out(String written) throws Exception {
        fail(written);

        assertThat(event().toString()).doesNotContain(SECRET, "sk-123", "anna");
    }

    @Test
    void faults_that_are_the_same_have_one_fingerprint() throws Exception {
        fail("a");
        fail("b");
        LOG.error("Another.");

        Await.until("three envelopes", () -> server.taken().size() == 3);
        assertThat(server.taken().stream()
                        .map(one -> one.event().path("fingerprint").toString())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void whoever_logs_never_waits_and_the_queue_is_bounded() throws Exception {
        server.hold();
        for (int i = 0; i < 1_000; i++) {
            sending.offer(new Fault(Instant.EPOCH, "a", "b", List.of(), Map.of()));
        }

        assertThat(sending.dropped()).isBetween(1_000L - SendFaults.MOST - 1, 1_000L - SendFaults.MOST);
        server.release();
        Await.until("all that was kept", () -> sending.sent() + sending.dropped() == 1_000);
    }

    @Test
    void server_that_refuses_is_told_once_and_asked_again() throws Exception {
        server.answer(503);
        fail("a");
        fail("b");
        Await.until("two refusals", () -> sending.dropped() == 2);
        assertThat(sending.isFailing()).isTrue();

        server.answer(200);
        fail("c");
        Await.until("it is sent", () -> sending.sent() == 1);
        assertThat(sending.isFailing()).isFalse();
    }

    @Test
    void server_that_has_enough_is_left_alone() throws Exception {
        server.answer(429);
        fail("a");
        Await.until("a refusal", () -> sending.dropped() == 1);
        server.answer(200);
        fail("b");

        assertThat(sending.dropped()).isEqualTo(2);
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void warnings_and_what_sending_itself_says_are_no_faults() {
        LOG.warn("Not so bad.");
        var own = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(SendFaults.class);
        own.addAppender(catching);
        own.error("Round and round.");
        own.detachAppender(catching);

        assertThat(sending.sent() + sending.dropped()).isZero();
        assertThat(server.asked()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "https://abc@sentry.example.org/1,https://sentry.example.org/api/1/envelope/",
        "https://abc@sentry.example.org/1/,https://sentry.example.org/api/1/envelope/",
        "http://abc@localhost:8000/12,http://localhost:8000/api/12/envelope/",
        "https://abc:old@example.org/folder/3,https://example.org/folder/api/3/envelope/",
        "https://abc@[::1]:9000/3,https://[::1]:9000/api/3/envelope/"
    })
    void dsn_leads_to_its_projects_envelopes(String dsn, String url) {
        assertThat(Dsn.parse(dsn)).map(Dsn::url).contains(url);
        assertThat(Dsn.parse(dsn)).map(Dsn::key).contains("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentry.example.org",
                "https://sentry.example.org/1",
                "https://abc@sentry.example.org",
                "https://abc@sentry.example.org/project",
                "ftp://abc@sentry.example.org/1",
                "https://a b@sentry.example.org/1",
                "https://abc@/1",
                "https://a;b@sentry.example.org/1"
            })
    void dsn_that_is_none_is_refused_without_its_key(String dsn) {
        assertThatThrownBy(() -> new FaultsConfig(dsn, "production"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("faults.dsn")
                .hasMessageNotContaining("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b"})
    void environment_of_another_form_is_refused(String environment) {
        assertThatThrownBy(() -> new FaultsConfig(null, environment)).hasMessageContaining("faults.environment");
    }
}
