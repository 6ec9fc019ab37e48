package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's own client from npm against the running server.
@PlatformTest
@Timeout(300)
class OpenAiSdkTest {

    private static final Path FOLDER = Path.of("src/test/openai-sdk");

    @Inject
    TestServer server;

    @Test
    void openai_client_talks_to_agents() throws IOException, InterruptedException {
        if (!Files.isDirectory(FOLDER.resolve("node_modules/openai"))) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of());
        }
        String said = run(
                List.of("node", "check.mjs"),
                Map.of("BASE_URL", server.uri("/v1").toString(), "API_KEY", TestServer.KEY));

        assertThat(said.lines().filter(line -> line.startsWith("ok:"))).hasSize(8);
    }

    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
