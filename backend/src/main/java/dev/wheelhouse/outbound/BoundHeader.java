package dev.wheelhouse.outbound;

import java.net.URI;
import java.util.List;

/// A header that is sent to some places only, however the request gets to another one.
public record BoundHeader(String name, String value, List<Destination> to) {

    boolean goesTo(URI uri) {
        return to.stream().anyMatch(place -> place.contains(uri));
    }

    @Override
    public String toString() {
        return name + ": [REDACTED]";
    }
}
