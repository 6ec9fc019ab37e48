package dev.wheelhouse.memories;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// Bounds of memory.
///
/// @param enabled whether agents may save anything
/// @param perUser how many memories one user may have, 1 to 10,000
/// @param days how long one lasts unless less is asked for, 1 to 3,650
@ConfigurationProperties("memory")
record MemoriesConfig(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "500") int perUser,
        @Bindable(defaultValue = "365") int days) {}
