package dev.wheelhouse.secrets;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A secret that somebody wants to keep; whoever sets one says where it may be sent.
public record NewSecret(String name, String value, List<String> hosts, String description) {

    static final int FEWEST_CHARACTERS = 8;
    static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_HOSTS = 20;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /// What is wrong with it. The value is never repeated.
    List<Problem.Mistake> mistakes() {
        var mistakes = new ArrayList<Problem.Mistake>();
        if (!NAME.matcher(name).matches()) {
            mistakes.add(Problem.Mistake.at(
                    "/name",
                    "\"%s\" is not a valid name for a secret".formatted(Text.shorten(name, 70)),
                    "Use 1 to 63 characters from a-z, 0-9 and -, starting with a letter"));
        }
        if (value.strip().length() < FEWEST_CHARACTERS) {
            mistakes.add(
                    Problem.Mistake.at(
                            "/value",
                            "The value has fewer than %d characters".formatted(FEWEST_CHARACTERS),
                            "Use a longer value: a short one occurs in other text by chance and could not be scrubbed reliably"));
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            mistakes.add(Problem.Mistake.at(
                    "/value",
                    "The value has more than %,d bytes".formatted(MOST_BYTES),
                    "Store a key, not a document"));
        }
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            mistakes.add(Problem.Mistake.at(
                    "/hosts",
                    "A secret must be bound to 1 to %d hosts, not %d".formatted(MOST_HOSTS, hosts.size()),
                    "Name the hosts it may be sent to"));
        }
        for (int at = 0; at < hosts.size(); at++) {
            if (Destination.parse(hosts.get(at)).isEmpty()) {
                mistakes.add(Problem.Mistake.at(
                        "/hosts/" + at,
                        "\"%s\" is not a host that a secret can be bound to".formatted(Text.shorten(hosts.get(at), 80)),
                        "Write api.example.org, *.example.org:8443, or http://localhost:8080 without encryption"));
            }
        }
        return mistakes;
    }

    List<Destination> destinations() {
        return hosts.stream()
                .map(host -> Destination.parse(host).orElseThrow())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "secret " + name + " [REDACTED]";
    }
}
