package dev.wheelhouse.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.models.Model.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Three small questions to a model, and what they tell.
class TryModelTest {

    @Test
    void demo_model_passes_all() throws Exception {
        assertThat(Demo.models().test(TenantId.DEFAULT, "default"))
                .allSatisfy(trial -> assertThat(trial.wrong()).isNull());
    }

    @Test
    void server_that_only_talks_fails_the_other_two_with_what_to_do() throws Exception {
        try (var provider = new FakeProvider()) {
            provider.always(_ -> FakeReplies.stream(FakeWire.OPENAI.text(new TokenUse(10, 0, 2), "yes")));

            var trials = trials(provider);

            assertThat(trials).extracting(Trial::passed).containsExactly(true, false, false);
            assertThat(trials.get(1).wrong()).contains("\"yes\"");
            assertThat(trials.getLast().hint()).contains("abilities");
        }
    }

    @Test
    void server_that_refuses_is_told_by_its_own_words() throws Exception {
        try (var provider = new FakeProvider()) {
            provider.always(_ -> FakeReplies.status(401, "Key expired"));

            assertThat(trials(provider)).allSatisfy(trial -> {
                assertThat(trial.code()).isEqualTo("refused");
                assertThat(trial.wrong()).contains("Key expired");
                assertThat(trial.reply()).isNull();
            });
        }
    }

    private static List<Trial> trials(FakeProvider provider) throws InterruptedException {
        var target = TestModels.target(FakeWire.OPENAI, provider);
        return new TestModels().of(TestModels.config(target)).test(TenantId.DEFAULT, "default");
    }
}
