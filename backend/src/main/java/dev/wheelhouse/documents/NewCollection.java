package dev.wheelhouse.documents;

import org.jspecify.annotations.Nullable;

/// A collection to be made.
///
/// @param language ISO 639-1, or `auto`
/// @param model null for the usual one
public record NewCollection(
        String name,
        String description,
        String language,
        Collection.Visibility visibility,
        @Nullable String model) {}
