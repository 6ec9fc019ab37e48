package dev.wheelhouse.outbound;

import java.net.URI;
import java.util.function.Predicate;

/// A header that is sent to some addresses only, however the request gets to another one.
public record BoundHeader(String name, String value, Predicate<URI> to) {

    @Override
    public String toString() {
        return name + ": [REDACTED]";
    }
}
