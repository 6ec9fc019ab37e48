package dev.wheelhouse.search;

import io.micronaut.core.annotation.Introspected;

/// A search that somebody keeps.
///
/// @param query of an address, such as `state=failed&sort=cost`
@Introspected
public record SavedSearch(String name, String query) {

    public static final int MOST = 100;
    public static final int LONGEST_NAME = 40;
    public static final int LONGEST_QUERY = 2_000;
}
