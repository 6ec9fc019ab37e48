package dev.wheelhouse.credentials;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An application in Microsoft Entra that asks in its own name.
record EntraClient(String tenant, String client, String secret, String home) implements TokenSource {

    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern FORM =
            Pattern.compile("(?:(https?://[^\\s]+?)/)?(%s|[a-zA-Z0-9.-]+\\.[a-z]+):(%s):(\\S+)".formatted(GUID, GUID));
    private static final String HOME = "https://login.microsoftonline.com";

    /// Null for a text that is not `TENANT:CLIENT:SECRET`, maybe behind the address of another cloud's login.
    static @Nullable EntraClient of(String text) {
        var form = FORM.matcher(text.strip());
        return form.matches()
                ? new EntraClient(
                        form.group(2), form.group(3), form.group(4), form.group(1) == null ? HOME : form.group(1))
                : null;
    }

    @Override
    public String address() {
        return "%s/%s/oauth2/v2.0/token".formatted(home, tenant);
    }

    @Override
    public Map<String, String> form(Instant now) {
        return Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                client,
                "client_secret",
                secret,
                "scope",
                "https://cognitiveservices.azure.com/.default");
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "EntraClient[%s]".formatted(client);
    }
}
