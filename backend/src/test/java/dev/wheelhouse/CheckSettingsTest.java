package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.TestSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A platform that is not reachable by any Postgres: its settings are refused before anybody asks for it.
class CheckSettingsTest {

    private static final String NOWHERE = "database: {url: 'postgresql://nobody:none@127.0.0.1:1/none'}\n";
    private static final String PROVIDER = "models: {aliases: {default: [{provider: opnai, name: gpt}]}}\n";
    private static final String MASTER_KEY = "secrets: {master-key: short}\n";
    private static final String BUNDLE = "outbound: {ca-bundle: /no/such/file.pem}\n";
    private static final String RULE = "approvals: {rules: [{when: 'tool ='}]}\n";
    private static final String NO_NUMBER = "runs: {lease: soon}\n";

    @Test
    void mistakes_of_all_packages_are_told_at_once() throws IOException {
        assertThat(refused(PROVIDER + MASTER_KEY + RULE + NO_NUMBER))
                .anyMatch(said -> said.contains("opnai"))
                .anyMatch(said -> said.contains("secrets.master-key"))
                .anyMatch(said -> said.contains("approvals.rules"))
                .anyMatch(said -> said.contains("soon"));
    }

    @Test
    void missing_file_of_authorities_is_told_beside_the_others() throws IOException {
        assertThat(refused(BUNDLE + MASTER_KEY + NO_NUMBER))
                .anyMatch(said -> said.contains("/no/such/file.pem"))
                .anyMatch(said -> said.contains("secrets.master-key"))
                .anyMatch(said -> said.contains("soon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PROVIDER, MASTER_KEY, BUNDLE, RULE, NO_NUMBER})
    void mistake_that_is_alone_is_told_once(String settings) throws IOException {
        assertThat(refused(settings)).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"16MB", "1GB", "65536KB", "33554432"})
    void amount_of_bytes_is_read_by_its_unit(String amount) throws IOException {
        assertThat(refused("http: {body-memory: %s}\n".formatted(amount) + MASTER_KEY))
                .anyMatch(said -> said.contains("secrets.master-key"))
                .noneMatch(said -> said.contains("body-memory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"32Mi", "many", "32 MB or so"})
    void amount_of_bytes_that_is_none_is_named(String amount) throws IOException {
        assertThat(refused("http: {body-memory: %s}\n".formatted(amount)))
                .anyMatch(said -> said.contains("http.body-memory"));
    }

    private static List<String> refused(String settings) throws IOException {
        try (var context = TestSettings.context(NOWHERE + settings, _ -> true)) {
            context.start();
            return List.of();
        } catch (RuntimeException e) {
            var problem = RefuseStart.problem(e);
            assertThat(problem).as("refusal, not " + e).isNotNull();
            var said = new ArrayList<>(List.of(problem.sentences()));
            for (Problem.Mistake mistake : problem.mistakes()) {
                said.add(mistake.path() + ": " + mistake.sentences());
            }
            return said;
        }
    }
}
