package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where traces of runs go, and which of them.
///
/// @param url where a collector takes OTLP over HTTP, such as `http://collector:4318/v1/traces`; nothing is sent
/// without one
/// @param headers for the collector, such as one that says who we are
/// @param sample how many of 100 runs are sent, 0 to 100; those that failed, that were slow, or whose caller keeps
/// its trace are sent in any case
/// @param slow from how long on a run is slow, 1 ms to 1 day
/// @param link an address of your own viewer for a trace, with `{trace}` in it, such as
/// `https://jaeger.example.org/trace/{trace}`
/// @param logLink an address of your own viewer for the lines of a run's log, with `{run}` in it
@ConfigurationProperties("traces")
record TracesConfig(
        @Nullable String url,
        @Nullable Map<String, String> headers,
        @Bindable(defaultValue = "10") int sample,
        @Bindable(defaultValue = "10s") Duration slow,
        @Nullable String link,
        @Nullable String logLink) {

    TracesConfig {
        var mistakes = new ArrayList<Problem.Mistake>();
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        if (url != null && !isAddress(url)) {
            mistakes.add(mistake(
                    "url",
                    "\"%s\" is not an address".formatted(url),
                    "Write it as http://collector:4318 and the path where traces are taken"));
        }
        if (sample < 0 || sample > 100) {
            mistakes.add(mistake("sample", "It is %d".formatted(sample), "Set it to 0 to 100: how many of 100 runs"));
        }
        if (slow.compareTo(Duration.ofMillis(1)) < 0 || slow.compareTo(Duration.ofDays(1)) > 0) {
            mistakes.add(mistake("slow", "It is " + slow, "Set it to 1ms to 1d, such as 10s"));
        }
        if (link != null && (!link.contains("{trace}") || !isAddress(link.replace("{trace}", "0")))) {
            mistakes.add(mistake(
                    "link", "\"%s\" leads to no trace".formatted(link), "Write it as https://host/trace/{trace}"));
        }
        if (logLink != null && (!logLink.contains("{run}") || !isAddress(logLink.replace("{run}", "0")))) {
            mistakes.add(mistake(
                    "log-link", "\"%s\" leads to no run".formatted(logLink), "Write it as https://host/…?run={run}"));
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "Traces cannot be sent with these settings", "Correct them", mistakes);
        }
    }

    private static Problem.Mistake mistake(String key, String message, String hint) {
        return Problem.Mistake.at("traces." + key, message, hint);
    }

    private static boolean isAddress(String text) {
        try {
            var url = URI.create(text);
            return List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
