package dev.wheelhouse.secrets;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A tenant's values for a moment.
final class OpenSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSecrets.class);

    private final Map<String, Optional<String>> values = new TreeMap<>();
    private final Map<String, List<Destination>> hosts = new TreeMap<>();
    private final Scrubber scrubber;

    private OpenSecrets(TenantId tenant, List<SecretStore.Sealed> rows, MasterKeys keys) {
        var known = new ArrayList<String>();
        for (var row : rows) {
            String name = row.row().name();
            var value = value(tenant, row, keys);
            value.ifPresentOrElse(
                    known::add,
                    () -> LOG.error(
                            "The secret {} of {} cannot be opened: its row was changed or copied, or another master key"
                                    + " wrapped it. Calls that use it fail until it is set again.",
                            name,
                            tenant));
            values.put(name, value);
            hosts.put(name, row.row().secret().hosts());
        }
        scrubber = Scrubber.of(known);
    }

    static OpenSecrets of(TenantId tenant, List<SecretStore.Sealed> rows, MasterKeys keys) {
        return new OpenSecrets(tenant, rows, keys);
    }

    private static Optional<String> value(TenantId tenant, SecretStore.Sealed sealed, MasterKeys keys) {
        var row = sealed.row();
        return keys.unwrap(tenant, sealed.key())
                .flatMap(key -> key.open(row.sealed(), place(tenant, row.name(), row.hosts())))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// What a value is sealed together with.
    static List<String> place(TenantId tenant, String name, List<String> hosts) {
        var place = new ArrayList<>(List.of("secret", tenant.name(), name));
        place.addAll(hosts);
        return place;
    }

    /// What is kept for other packages is sealed together with.
    static List<String> kept(TenantId tenant, List<String> where) {
        var place = new ArrayList<>(List.of("kept", tenant.name()));
        place.addAll(where);
        return place;
    }

    Scrubber scrubber() {
        return scrubber;
    }

    /// Refuses with `not_found`.
    List<Destination> hosts(String name) {
        var places = hosts.get(name);
        if (places == null) {
            String hint = Suggest.hint(name, hosts.keySet());
            throw new Problem(ErrorCode.NOT_FOUND, "There is no secret \"%s\"".formatted(Text.shorten(name, 70)), hint);
        }
        return places;
    }

    String whole(String name) {
        hosts(name);
        return values.get(name)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_READY,
                        "The secret \"%s\" cannot be opened".formatted(name),
                        "Set it again; that needs its value"));
    }

    /// Refuses what a header cannot carry.
    String forHeader(String name) {
        String value = whole(name);
        if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "The secret \"%s\" contains line breaks or characters that a header cannot contain".formatted(name),
                    "Set its value again as one line of printable ASCII characters");
        }
        return value;
    }

    /// Empty where there is none, or it cannot be opened.
    Optional<String> value(String name) {
        return values.getOrDefault(name, Optional.empty());
    }

    @Override
    public String toString() {
        return "secrets " + hosts.keySet();
    }
}
