package dev.wheelhouse.providers;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Streaming;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider over the network: a wire, where it is usually found, and where its key is.
final class WireSource implements ProviderSource {

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "upgrade",
            "expect",
            "accept",
            "accept-encoding");

    private final String provider;
    private final Wire wire;
    private final String keyVariable;
    private final Outbound outbound;
    private final InstantSource clock;

    WireSource(String provider, Wire wire, String keyVariable, Outbound outbound, InstantSource clock) {
        this.provider = provider;
        this.wire = wire;
        this.keyVariable = keyVariable;
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public boolean isDemo() {
        return false;
    }

    @Override
    public @Nullable String keyVariable() {
        return keyVariable;
    }

    @Override
    public @Nullable String usualKey(Function<String, @Nullable String> variables) {
        return wire.usualKey(variables, keyVariable);
    }

    @Override
    public boolean needsKey(TargetConfig target) {
        return wire.needsKey(target);
    }

    @Override
    public List<Problem.Mistake> check(String path, Opening opening) {
        var mistakes = new ArrayList<Problem.Mistake>();
        var target = opening.target();
        if (base(opening).isEmpty()) {
            mistakes.add(Problem.Mistake.at(
                    path + ".url", "\"%s\" has no usual address".formatted(provider), wire.addressHint()));
            return mistakes;
        }
        try {
            var uri = URI.create(url(opening, true));
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getPort() > 65_535) {
                mistakes.add(Problem.Mistake.at(
                        path + ".url", "It names no host, a login or a wrong port", "Write https://host/v1"));
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(Problem.Mistake.at(path + ".url", "It is not an address", "Write https://host/v1"));
        }
        mistakes.addAll(headers(path, target));
        mistakes.addAll(meaningless(path, target));
        mistakes.addAll(wire.check(path, opening));
        mistakes.addAll(Outbound.check(path, way(opening)));
        return mistakes;
    }

    private static List<Problem.Mistake> headers(String path, TargetConfig target) {
        var mistakes = new ArrayList<Problem.Mistake>();
        target.headers().forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
                mistakes.add(Problem.Mistake.at(
                        path + ".headers",
                        "\"%s\" cannot be set".formatted(name),
                        "Remove it, or name another header"));
            } else if (value.chars().anyMatch(c -> c < ' ' || c > 0x7E)) {
                mistakes.add(Problem.Mistake.at(
                        path + ".headers." + name, "Its value has signs that no header may have", "Use plain letters"));
            }
        });
        String keyHeader = target.keyHeader();
        if (keyHeader != null && !HEADER.matcher(keyHeader).matches()) {
            mistakes.add(Problem.Mistake.at(
                    path + ".key-header", "\"%s\" is no header".formatted(keyHeader), "Write one such as api-key"));
        }
        String effort = target.reasoningEffort();
        if (effort != null && !effort.matches("[a-z]{1,20}")) {
            mistakes.add(Problem.Mistake.at(
                    path + ".reasoning-effort", "It is \"%s\"".formatted(effort), "Write one word such as low"));
        }
        return mistakes;
    }

    private List<Problem.Mistake> meaningless(String path, TargetConfig target) {
        var mistakes = new ArrayList<Problem.Mistake>();
        var set = new TreeMap<String, @Nullable Object>();
        set.put("region", target.region());
        set.put("keep-alive", target.keepAlive());
        set.put("stream-options", target.streamOptions());
        set.put("join-turns", target.joinTurns());
        set.put("output-tokens", target.outputTokens());
        set.forEach((key, value) -> {
            if (value != null && wire.meaningless().contains(key)) {
                mistakes.add(Problem.Mistake.at(
                        path + "." + key, "The provider \"%s\" does not know it".formatted(provider), "Remove it"));
            }
        });
        String region = target.region();
        if (region != null && !region.matches("[a-z0-9-]{1,40}")) {
            mistakes.add(Problem.Mistake.at(
                    path + ".region", "It is \"%s\"".formatted(region), "Write one such as eu-central-1"));
        }
        return mistakes;
    }

    @Override
    public Provider open(Opening opening) {
        var target = opening.target();
        String host = URI.create(url(opening, true)).getHost();
        String source = "%s %s %s".formatted(provider, target.name(), host);
        var streaming = outbound.streaming(way(opening));
        String keyHeader = target.keyHeader();
        var credentials = keyHeader == null
                ? wire.credentials(opening, streaming, clock)
                : Credentials.key(keyHeader, "", opening.key());
        var exchange = new Exchange(
                streaming, opening.place(), streams -> url(opening, streams), headers(target), credentials);
        return new WithinLimits(opening, new RemoteModel(wire, opening, source, exchange));
    }

    private Streaming.Way way(Opening opening) {
        var target = opening.target();
        return new Streaming.Way(
                opening.timeouts().connect(), base(opening).startsWith("https:"), target.proxy(), target.caBundle());
    }

    private String base(Opening opening) {
        String url = opening.target().url();
        String base = url == null ? wire.home(opening) : url;
        return base == null ? "" : base;
    }

    /// People write the server, the API or the whole address of a question, with or without a query.
    private String url(Opening opening, boolean streams) {
        String base = base(opening);
        int mark = base.indexOf('?');
        String plain = (mark < 0 ? base : base.substring(0, mark)).replaceFirst("/+$", "");
        var query = new StringBuilder(mark < 0 ? "" : base.substring(mark + 1));
        new TreeMap<>(opening.target().query()).forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        String whole = wire.address(opening.target(), plain, streams);
        return query.isEmpty() ? whole : whole + "?" + query;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private Map<String, String> headers(TargetConfig target) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Wheelhouse");
        headers.put("Accept", "text/event-stream, application/json");
        headers.put("Content-Type", "application/json");
        headers.putAll(wire.headers());
        headers.putAll(target.headers());
        return headers;
    }
}
