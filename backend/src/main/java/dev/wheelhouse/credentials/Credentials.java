package dev.wheelhouse.credentials;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What shows a server who asks.
public interface Credentials {

    /// Headers of one request, by their names.
    ///
    /// @param to the whole address, as it is sent
    /// @param body as it is sent, in UTF-8
    Map<String, String> headers(URI to, String body) throws IOException, InterruptedException, TryFailed;

    /// The server has refused the last ones; true where others may be had.
    default boolean renew() {
        return false;
    }

    /// The same with each request; nothing without a key.
    static Credentials key(String header, String prefix, @Nullable String key) {
        Map<String, String> headers = key == null ? Map.of() : Map.of(header, prefix + key);
        return (_, _) -> headers;
    }

    /// AWS: a bearer key, or a signature by `ACCESS_KEY_ID:SECRET_ACCESS_KEY[:SESSION_TOKEN]`.
    ///
    /// @param region such as `eu-central-1`
    static Credentials aws(String key, String region, InstantSource clock) {
        var pair = SignForAws.Key.of(key);
        return pair == null ? key("Authorization", "Bearer ", key) : new SignForAws(pair, region, "bedrock", clock);
    }

    /// Azure: a key of the resource, a token of Entra, or `TENANT:CLIENT:SECRET` of an application there.
    static Credentials azure(@Nullable String key, String place, Streaming streaming, InstantSource clock) {
        var client = key == null ? null : EntraClient.of(key);
        if (client != null) {
            return new FetchedToken(client, place, streaming, clock);
        }
        boolean isToken = key != null && key.startsWith("eyJ") && key.split("\\.").length == 3;
        return isToken ? key("Authorization", "Bearer ", key) : key("api-key", "", key);
    }

    /// Refuses the JSON of an account that lacks something.
    static void checkGoogle(String key) {
        GoogleAccount.of(key);
    }

    /// What is wrong with a key, without the key.
    static Problem refused(String what, String hint) {
        return new Problem(ErrorCode.NOT_READY, what, hint);
    }

    /// Google: an account as its JSON file has it, or a token as it is.
    static Credentials google(String key, String place, Streaming streaming, InstantSource clock) {
        var account = GoogleAccount.of(key);
        return account == null
                ? key("Authorization", "Bearer ", key)
                : new FetchedToken(account, place, streaming, clock);
    }
}
