package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.regex.Pattern;

/// Settings of the metrics.
///
/// @param tenants which tenants have series of their own: `all`, `none`, or `top N` for the N that worked first since
/// the start, N from 1 to 10,000. All others together are the tenant `other`
@ConfigurationProperties("metrics")
record MetricsConfig(@Bindable(defaultValue = "top 100") String tenants) {

    private static final Pattern TOP = Pattern.compile("top ([1-9]\\d{0,3}|10000)");

    MetricsConfig {
        if (!tenants.equals("all")
                && !tenants.equals("none")
                && !TOP.matcher(tenants).matches()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "metrics.tenants is \"%s\", which says nothing about tenants".formatted(tenants),
                    "Write all, none, or top and how many, such as top 100");
        }
    }

    /// How many tenants have series of their own.
    int most() {
        return switch (tenants) {
            case "all" -> Integer.MAX_VALUE;
            case "none" -> 0;
            default -> Integer.parseInt(tenants.substring("top ".length()));
        };
    }
}
