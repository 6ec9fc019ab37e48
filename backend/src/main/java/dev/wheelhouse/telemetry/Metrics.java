package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.TenantId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All series of this replica, in either of the forms that Prometheus reads.
@Singleton
public final class Metrics {

    /// The older form, for whoever asks for nothing in particular.
    public static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    /// With examples: a bucket names a run whose time fell into it.
    public static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.\\d{1,3})?)\\s*(?:;|$)");

    /// The largest of the last minutes, which Micrometer adds to each time: a histogram says it better.
    private static final Pattern LARGEST = Pattern.compile("(?:# (?:HELP|TYPE|UNIT) )?\\w+_seconds_max[{ ].*");

    private final PrometheusMeterRegistry meters;

    Metrics(PrometheusMeterRegistry meters) {
        this.meters = meters;
    }

    /// @param body ends with a line break
    public record Page(String contentType, String body) {}

    /// @param accept the header of that name, or null
    /// @param reader whose series are wanted beside those of the process; null and the operator's tenant see all
    public Page page(@Nullable String accept, @Nullable TenantId reader) {
        String form = form(accept);
        boolean seesAll = reader == null || reader.equals(TenantId.DEFAULT);
        boolean isNamed = reader != null && !reader.name().equals(TenantLabels.OTHER);
        String body = meters.scrape(form)
                .lines()
                .filter(line -> !LARGEST.matcher(line).matches())
                .filter(line ->
                        seesAll || !line.contains("tenant=\"") || isNamed && line.contains("tenant=\"" + reader + "\""))
                .collect(Collectors.joining("\n", "", "\n"));
        return new Page(form, body);
    }

    private static String form(@Nullable String accept) {
        double open = 0;
        double plain = 0;
        for (String one : accept == null ? new String[0] : accept.split(",")) {
            double wanted = quality(one);
            if (one.strip().startsWith("application/openmetrics-text")) {
                open = Math.max(open, wanted);
            } else {
                plain = Math.max(plain, wanted);
            }
        }
        return open > 0 && open >= plain ? OPEN : PLAIN;
    }

    private static double quality(String one) {
        Matcher said = QUALITY.matcher(one);
        return said.find() ? Double.parseDouble(said.group(1)) : 1;
    }
}
