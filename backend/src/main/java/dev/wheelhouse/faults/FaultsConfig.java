package dev.wheelhouse.faults;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where faults go.
///
/// @param dsn of a project at Sentry, or whatever speaks its envelopes, such as `https://key@sentry.example.org/1`;
/// nothing is sent without one
/// @param environment what this installation is called there, 1 to 64 letters, digits, dots, hyphens and underscores
@ConfigurationProperties("faults")
record FaultsConfig(
        @Nullable String dsn,
        @Bindable(defaultValue = "production") String environment) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    FaultsConfig {
        if (dsn != null && dsn.isBlank()) {
            dsn = null;
        }
        if (dsn != null && Dsn.parse(dsn).isEmpty()) {
            // It holds a key, so it is not repeated.
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "faults.dsn is no address of a project",
                    "Write it as https://key@host/number, as the project's settings show it");
        }
        if (!NAME.matcher(environment).matches()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "faults.environment is \"%s\"".formatted(environment),
                    "Use 1 to 64 letters, digits, dots, hyphens and underscores");
        }
    }
}
