package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.LogContext;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.secrets.ScrubLog;
import java.util.ArrayList;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConfigureLogTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void log_of_the_platform_is_written_by_the_layout_that_scrubs() {
        var console = ConfigureLog.console(context, null);

        assertThat(console.isStarted()).isTrue();
        var layout = ((LayoutWrappingEncoder<?>) console.getEncoder()).getLayout();
        assertThat(layout).isInstanceOf(ScrubLog.class);
        assertThat(layout.isStarted()).isTrue();
        context.stop();
    }

    @Test
    void program_reads_one_object_a_line_with_what_it_is_about() {
        var layout = ((LayoutWrappingEncoder<ILoggingEvent>)
                        ConfigureLog.console(context, "json").getEncoder())
                .getLayout();
        var lines = new ArrayList<String>();
        var logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.wheelhouse.Some");
        LogContext.duringRun(
                TenantId.DEFAULT,
                "r",
                "t",
                () -> LogContext.duringRequest(
                        "q",
                        () -> lines.add(layout.doLayout(new LoggingEvent(
                                "",
                                logger,
                                Level.WARN,
                                "two\nlines \"{}\"",
                                new IllegalStateException("why"),
                                new Object[] {1})))));
        lines.add(layout.doLayout(new LoggingEvent("", logger, Level.INFO, "plain", null, null)));

        var about = Json.read(lines.getFirst());
        assertThat(lines).allMatch(line -> line.indexOf('\n') == line.length() - 1);
        assertThat(about.path("message").asText()).isEqualTo("two\nlines \"1\"");
        assertThat(about.path("level").asText()).isEqualTo("WARN");
        assertThat(about.path("logger").asText()).isEqualTo("dev.wheelhouse.Some");
        assertThat(about.path("time").asText()).endsWith("Z");
        assertThat(about.path("error").asText()).contains("IllegalStateException: why", "ConfigureLogTest");
        assertThat(about.toString()).contains("\"tenant\":\"default\",\"run\":\"r\",\"trace\":\"t\",\"request\":\"q\"");
        assertThat(Json.read(lines.getLast()).fieldNames())
                .toIterable()
                .containsExactly("time", "level", "logger", "message");
    }

    @Test
    void logging_begins_with_our_own_configuration() {
        assertThat(ServiceLoader.load(Configurator.class).stream().map(ServiceLoader.Provider::type))
                .contains(ConfigureLog.class);
    }

    @Test
    void file_of_the_tests_counts_in_place_of_ours() {
        assertThat(new ConfigureLog().configure(context)).isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger("ROOT").getLevel()).isEqualTo(Level.DEBUG);
    }
}
