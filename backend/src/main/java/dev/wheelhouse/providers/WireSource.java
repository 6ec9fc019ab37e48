package dev.wheelhouse.providers;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Streaming;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    WireSource(String provider, Wire wire, String keyVariable, Outbound outbound) {
        this.provider = provider;
        this.wire = wire;
        this.keyVariable = keyVariable;
        this.outbound = outbound;
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
    public List<Problem.Mistake> check(String path, Opening opening) {
        var mistakes = new ArrayList<Problem.Mistake>();
        var target = opening.target();
        try {
            var uri = URI.create(url(opening));
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getPort() > 65_535) {
                mistakes.add(Problem.Mistake.at(
                        path + ".url", "It names no host, a login or a wrong port", "Write https://host/v1"));
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(Problem.Mistake.at(path + ".url", "It is not an address", "Write https://host/v1"));
        }
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
        mistakes.addAll(Outbound.check(path, way(opening)));
        return mistakes;
    }

    @Override
    public Provider open(Opening opening) {
        var uri = URI.create(url(opening));
        String source = "%s %s %s".formatted(provider, opening.target().name(), uri.getHost());
        var exchange = new Exchange(outbound.streaming(way(opening)), opening.place(), url(opening), headers(opening));
        return new RemoteModel(wire, opening, source, exchange);
    }

    private Streaming.Way way(Opening opening) {
        var target = opening.target();
        return new Streaming.Way(
                opening.timeouts().connect(), base(opening).startsWith("https:"), target.proxy(), target.caBundle());
    }

    private String base(Opening opening) {
        String url = opening.target().url();
        return url == null ? wire.home() : url;
    }

    /// People write the server, the API or the whole address of a question, with or without a query.
    private String url(Opening opening) {
        String base = base(opening);
        int mark = base.indexOf('?');
        String path = mark < 0 ? base : base.substring(0, mark);
        String plain = path.replaceFirst("/+$", "");
        var query = new StringBuilder(mark < 0 ? "" : base.substring(mark + 1));
        new TreeMap<>(opening.target().query()).forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        String whole = plain.endsWith(wire.path()) ? plain : plain + wire.path();
        return query.isEmpty() ? whole : whole + "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, List<String>> headers(Opening opening) {
        var target = opening.target();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Wheelhouse");
        headers.put("Accept", "text/event-stream, application/json");
        headers.put("Content-Type", "application/json");
        headers.putAll(wire.headers(target.keyHeader() == null ? opening.key() : null));
        if (target.keyHeader() != null && opening.key() != null) {
            headers.put(target.keyHeader(), opening.key());
        }
        headers.putAll(target.headers());
        var all = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }
}
