package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.TestSettings;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The settings of the models as an operator writes them.
class ModelsConfigTest {

    private static final String FULL = """
            models:
              tries: 5
              pause: 1s
              cool-after: 2
              cool-down: 1m
              unknown-price: {input: 7, output: 8}
              timeouts:
                connect: 1s
                first-chunk: 2s
                between-chunks: 3s
                whole: 4m
              aliases:
                default:
                  - provider: anthropic
                    name: claude-haiku-4-5
                    key-env: TEAM_KEY
                    prices: {version: "2026-02-03", input: 4, cached-input: 5, output: 6}
                  - provider: openai
                    name: local
                    url: http://127.0.0.1:9/v1
                second-best:
                  - provider: demo
                    name: demo
            """;

    /// The beans of models and of the framework, without the engine and its database.
    private static ApplicationContext context(String yaml) throws Exception {
        return TestSettings.context(
                yaml, name -> name.matches("dev.wheelhouse.(models|demo|outbound|providers|modules)[.].*"));
    }

    @Test
    void defaults() throws Exception {
        try (var context = context("other: 1\n")) {
            context.start();
            assertThat(context.getBean(ModelsConfig.class)).isEqualTo(ModelsConfig.DEFAULT);
            assertThat(context.getBean(TargetConfig.Timeouts.class)).isEqualTo(TargetConfig.Timeouts.DEFAULT);
        }
    }

    @Test
    void full_mapping() throws Exception {
        try (var context = context(FULL)) {
            context.start();
            assertThat(context.getBean(ModelsConfig.class))
                    .isEqualTo(new ModelsConfig(
                            Map.of(
                                    "default",
                                    List.of(
                                            new TargetConfig(
                                                    "anthropic",
                                                    "claude-haiku-4-5",
                                                    null,
                                                    "TEAM_KEY",
                                                    new Prices("2026-02-03", 4, 5, 6)),
                                            new TargetConfig("openai", "local", "http://127.0.0.1:9/v1", null, null)),
                                    "second-best",
                                    List.of(TargetConfig.of("demo", "demo"))),
                            5,
                            Duration.ofSeconds(1),
                            2,
                            Duration.ofMinutes(1),
                            Map.of("input", 7, "output", 8)));
            assertThat(context.getBean(TargetConfig.Timeouts.class))
                    .isEqualTo(new TargetConfig.Timeouts(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(3),
                            Duration.ofMinutes(4)));
        }
    }

    @Test
    void unknown_price_is_refused_unless_the_operator_sets_one() throws Exception {
        var unpriced = "\n  aliases: {default: [{provider: openai, name: x, url: 'http://127.0.0.1:9/v1'}]}\n";
        try (var context = context("models:\n  unknown-price: refuse" + unpriced)) {
            context.start();
            assertThat(context.getBean(Models.class).ceiling("default").dearest())
                    .isNull();
        }
        try (var context = context("models:\n  unknown-price: {input: 7, output: 8}" + unpriced)) {
            context.start();
            assertThat(context.getBean(Models.class).ceiling("default").dearest())
                    .isEqualTo(new Prices("dearest", 7, 7, 8));
        }
        for (var wrong : List.of("free", "{input: 7}", "{input: -1, output: 2}")) {
            try (var context = context("models:\n  unknown-price: " + wrong + "\n")) {
                context.start();
                assertThatThrownBy(() -> context.getBean(Models.class))
                        .as(wrong)
                        .hasRootCauseMessage("The settings of the models have mistakes");
            }
        }
    }

    @Test
    void every_mistake_is_named_at_once() {
        var config = ModelsConfig.DEFAULT.with(Map.of(
                "default",
                List.of(
                        TargetConfig.of("opnai", "x"),
                        TargetConfig.of("anthropic", "claude"),
                        new TargetConfig("openai", "x", "localhost:80", null, null)),
                "empty",
                List.of()));

        var refusal = catchThrowableOfType(
                Problem.class,
                () -> AliasTargets.of(config, TargetConfig.Timeouts.DEFAULT, TestModels.sources(), _ -> null));

        assertThat(refusal.mistakes())
                .extracting(Problem.Mistake::path, Problem.Mistake::hint)
                .satisfiesExactly(
                        first -> assertThat(first.toList())
                                .containsExactly("models.aliases.default[0].provider", "Did you mean \"openai\"?"),
                        second -> assertThat(second.toList().getFirst()).isEqualTo("models.aliases.default[1]"),
                        third -> assertThat(third.toList().getFirst()).isEqualTo("models.aliases.default[2].url"),
                        fourth -> assertThat(fourth.toList().getFirst()).isEqualTo("models.aliases.empty"));
    }
}
