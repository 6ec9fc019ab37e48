package dev.wheelhouse.parsing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Bounds of the process that reads files.
///
/// @param dir where its libraries are; null for the class path of this process
/// @param heap of its memory, such as `160m`
/// @param timeout for a file of one page; each hundred pages have a second more
/// @param maxPages that a document may have
/// @param concurrency how many files are read at a time
@ConfigurationProperties("knowledge.parser")
record ParserConfig(
        @Nullable String dir,
        @Bindable(defaultValue = "160m") String heap,
        @Bindable(defaultValue = "20s") Duration timeout,
        @Bindable(defaultValue = "2000") int maxPages,
        @Bindable(defaultValue = "1") int concurrency) {

    String classPath() {
        if (dir == null || dir.isBlank()) {
            return System.getProperty("java.class.path");
        }
        return Path.of(dir, "*")
                + File.pathSeparator
                + Path.of(dir).resolveSibling("lib").resolve("*");
    }
}
