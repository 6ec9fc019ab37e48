package dev.wheelhouse.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Creates the one registry, with the metrics of the process itself, under names that Prometheus's rules ask for.
@Factory
final class MeterFactory {

    @Singleton
    @Bean(preDestroy = "close")
    PrometheusMeterRegistry meters() {
        var meters =
                new PrometheusMeterRegistry(new Examples(), new PrometheusRegistry(), Clock.SYSTEM, new CurrentTrace());
        meters.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"))
                .meterFilter(new Help());
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new JvmGcMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        processCpu(meters);
        return meters;
    }

    /// Examples stand at buckets only: Prometheus before 3 throws a whole page away that has one at a `_count`.
    private static final class Examples implements PrometheusConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            var properties = new Properties();
            properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return properties;
        }
    }

    /// Micrometer counts it in nanoseconds under a name of its own.
    private static void processCpu(PrometheusMeterRegistry meters) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / 1e9)
                    .baseUnit("seconds")
                    .register(meters);
        }
    }
}
