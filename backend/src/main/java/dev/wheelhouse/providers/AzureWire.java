package dev.wheelhouse.providers;

import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Azure's resources with OpenAI's models: the newer way, whose path has a `v1` and whose body names the
/// deployment, and the older one, whose address names the deployment and the version of the API.
final class AzureWire extends OpenAiWire {

    private static final Pattern HOST = Pattern.compile("https?://[^/]+(/openai)?");
    private static final Pattern DEPLOYMENT = Pattern.compile(".*/deployments/[^/]+");

    @Override
    public @Nullable String home(Opening opening) {
        String endpoint = opening.variable("AZURE_OPENAI_ENDPOINT");
        return endpoint == null ? null : endpoint.replaceFirst("/+$", "");
    }

    @Override
    public String addressHint() {
        return "Write https://NAME.openai.azure.com, or set AZURE_OPENAI_ENDPOINT";
    }

    @Override
    public String address(TargetConfig target, String base, boolean streams) {
        if (base.endsWith(PATH)) {
            return base;
        }
        if (!HOST.matcher(base).matches()) {
            return base + PATH;
        }
        String openai = base.endsWith("/openai") ? base : base + "/openai";
        boolean isOlder = target.query().containsKey("api-version")
                || target.url() != null && target.url().contains("api-version=");
        return openai + (isOlder ? "/deployments/" + WireSource.encoded(target.name()) : "/v1") + PATH;
    }

    /// An application's secret in place of a key, in the variables that Azure's own tools read.
    @Override
    public @Nullable String usualKey(Function<String, @Nullable String> variables, String usual) {
        String key = variables.apply(usual);
        String tenant = variables.apply("AZURE_TENANT_ID");
        String client = variables.apply("AZURE_CLIENT_ID");
        String secret = variables.apply("AZURE_CLIENT_SECRET");
        boolean hasClient = tenant != null && client != null && secret != null;
        return key != null && !key.isBlank() || !hasClient ? key : "%s:%s:%s".formatted(tenant, client, secret);
    }

    @Override
    public boolean needsKey(TargetConfig target) {
        return target.headers().isEmpty();
    }

    @Override
    public Credentials credentials(Opening opening, Streaming streaming, InstantSource clock) {
        return Credentials.azure(opening.key(), opening.place(), streaming, clock);
    }

    @Override
    boolean isNewer(TargetConfig target) {
        return target.url() == null || !DEPLOYMENT.matcher(target.url()).matches();
    }
}
