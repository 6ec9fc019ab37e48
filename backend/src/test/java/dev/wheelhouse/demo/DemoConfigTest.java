package dev.wheelhouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.TestSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The settings of the demo model as an operator writes them.
class DemoConfigTest {

    private static DemoConfig read(String yaml) throws Exception {
        try (var context = TestSettings.context(yaml, name -> name.startsWith("dev.wheelhouse.demo."))) {
            context.start();
            return context.getBean(DemoConfig.class);
        }
    }

    @Test
    void defaults() throws Exception {
        assertThat(read("other: 1\n")).isEqualTo(new DemoConfig(Duration.ofMillis(15)));
    }

    @Test
    void full_mapping() throws Exception {
        assertThat(read("models:\n  demo:\n    pause: 0s\n")).isEqualTo(new DemoConfig(Duration.ZERO));
    }
}
