package dev.wheelhouse.http;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/// Where the built console is.
///
/// @param dir the folder with its index.html; without it there is only the API
@ConfigurationProperties("console")
record ConsoleConfig(@Nullable String dir) {}
