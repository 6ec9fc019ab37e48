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
    void every_company_with_a_key_joins_and_the_one_that_is_meant_is_first() {
        var keys = Map.of("OPENAI_API_KEY", "k", "GEMINI_API_KEY", "k", "MISTRAL_API_KEY", "k");
        assertThat(with(keys)).extracting(TargetConfig::provider).containsExactly("openai", "gemini", "mistral");

        var devstral = Map.of("OPENAI_API_KEY", "k", "MISTRAL_API_KEY", "k", "MODEL_NAME", "devstral-small");
        assertThat(with(devstral))
                .containsExactly(
                        TargetConfig.of("mistral", "devstral-small"),
                        TargetConfig.of("openai", AliasTargets.Defaults.Company.OPENAI.model));
    }

    @Test
    void provider_that_is_named_stands_alone_and_has_to_be_known() {
        var sources = TestModels.sources();
        var bedrock = Map.of("MODEL_PROVIDER", "bedrock", "MODEL_NAME", "m", "OPENAI_API_KEY", "k");
        assertThat(AliasTargets.Defaults.from(bedrock::get, sources)).containsExactly(TargetConfig.of("bedrock", "m"));

        var ollama = Map.of("MODEL_PROVIDER", "ollama", "MODEL_NAME", "m", "MODEL_URL", "http://host:11434");
        assertThat(AliasTargets.Defaults.from(ollama::get, sources))
                .containsExactly(new TargetConfig("ollama", "m", "http://host:11434", null, null));

        assertThatThrownBy(() -> AliasTargets.Defaults.from(Map.of("MODEL_PROVIDER", "olama")::get, sources))
                .hasMessageContaining("no such provider");
        assertThatThrownBy(() -> AliasTargets.Defaults.from(Map.of("MODEL_PROVIDER", "bedrock")::get, sources))
                .hasMessageContaining("MODEL_NAME is not set");
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
