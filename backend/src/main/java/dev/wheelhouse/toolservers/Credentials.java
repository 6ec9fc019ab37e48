package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Hosts;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts secrets into what is sent to a tool server, and nowhere else.
@Singleton
final class Credentials {

    private static final Pattern NAMES = Pattern.compile("secret://([a-z][a-z0-9-]{0,62})");

    private final Secrets secrets;

    Credentials(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Refuses a secret that is missing or may not be sent there.
    List<BoundHeader> headers(TenantId tenant, List<ToolServer.Header> headers, String url) {
        var uri = Reach.uri(url);
        return headers.stream()
                .map(header -> header(tenant, header.name(), header.value(), uri))
                .toList();
    }

    BoundHeader header(TenantId tenant, String name, String value, URI uri) {
        secrets.checkBound(tenant, value, uri);
        String host = uri.getHost();
        return secrets.header(tenant, name, value, to -> Hosts.fits(host, to));
    }

    /// A value for a place that is no header, such as a query.
    String value(TenantId tenant, String value, URI uri) {
        return header(tenant, "value", value, uri).value();
    }

    /// How messages name them: `the secret "github"`, empty without any.
    static String named(List<String> values) {
        String names = values.stream()
                .flatMap(value -> NAMES.matcher(value).results().map(found -> "\"" + found.group(1) + "\""))
                .distinct()
                .collect(Collectors.joining(" and "));
        if (names.isEmpty()) {
            return values.isEmpty() ? "" : "the headers of the definition";
        }
        return (names.contains(" and ") ? "the secrets " : "the secret ") + names;
    }

    /// Without the values of the tenant's secrets, for what is kept or shown.
    String scrubbed(TenantId tenant, String text) {
        try {
            return secrets.scrubber(tenant).scrub(text);
        } catch (Problem e) {
            return "The reason cannot be shown: " + e.message();
        }
    }
}
