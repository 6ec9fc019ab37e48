package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.wheelhouse.secrets.ScrubLog;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConfigureLogTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void log_of_the_platform_is_written_by_the_layout_that_scrubs() {
        var console = ConfigureLog.console(context);

        assertThat(console.isStarted()).isTrue();
        var layout = ((LayoutWrappingEncoder<?>) console.getEncoder()).getLayout();
        assertThat(layout).isInstanceOf(ScrubLog.class);
        assertThat(layout.isStarted()).isTrue();
        context.stop();
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
