package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.demo.Demo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which model answers, by what is in the environment.
class DefaultTargetsTest {

    private static List<TargetConfig> with(Map<String, String> environment) {
        return AliasTargets.Defaults.from(environment::get, List.of(Demo.withoutPauses()));
    }

    @Test
    void without_any_key_it_is_the_demo_model() {
        assertThat(with(Map.of("OPENAI_API_KEY", " "))).containsExactly(TargetConfig.of("demo", "demo"));
    }

    @Test
    void a_server_of_ones_own_comes_first() {
        assertThat(with(Map.of("MODEL_URL", "http://localhost:11434/", "MODEL_NAME", "m", "OPENAI_API_KEY", "k")))
                .containsExactly(new TargetConfig("openai", "m", "http://localhost:11434/v1", "MODEL_API_KEY", null));
        assertThat(with(Map.of("MODEL_URL", "https://host/api/openai", "MODEL_NAME", "m")))
                .extracting(TargetConfig::url)
                .containsExactly("https://host/api/openai");
    }

    @Test
    void a_server_needs_a_model_name() {
        assertThatThrownBy(() -> with(Map.of("MODEL_URL", "http://localhost:1")))
                .hasMessageContaining("MODEL_NAME is not set");
    }

    @Test
    void a_key_chooses_its_company_and_a_name_replaces_the_default() {
        assertThat(with(Map.of("OPENAI_API_KEY", "k")))
                .containsExactly(TargetConfig.of("openai", AliasTargets.Defaults.Company.OPENAI.model));
        assertThat(with(Map.of("ANTHROPIC_API_KEY", "k", "MODEL_NAME", "next-claude")))
                .containsExactly(TargetConfig.of("anthropic", "next-claude"));
    }

    @Test
    void with_two_keys_each_is_the_fallback_of_the_other() {
        var keys = Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k");
        assertThat(with(keys)).extracting(TargetConfig::provider).containsExactly("openai", "anthropic");

        var claude = Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k", "MODEL_NAME", "claude-haiku-4-5");
        assertThat(with(claude))
                .containsExactly(
                        TargetConfig.of("anthropic", "claude-haiku-4-5"),
                        TargetConfig.of("openai", AliasTargets.Defaults.Company.OPENAI.model));
    }

    @Test
    void well_known_models_have_prices_and_others_are_unknown() {
        assertThat(PriceList.of(TargetConfig.of("openai", "gpt-5-mini"))).isNotNull();
        assertThat(PriceList.of(TargetConfig.of("anthropic", "claude-haiku-4-5-20251001")))
                .isNotNull();
        assertThat(PriceList.of(TargetConfig.of("openai", "gpt-99"))).isNull();
        assertThat(PriceList.of(new TargetConfig("openai", "gpt-5-mini", "http://local/v1", null, null)))
                .isNull();
    }
}
