package dev.wheelhouse.demo;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Settings of the demo model.
///
/// @param pause after each word, so that people see an answer grow; 0 s writes as fast as it can, 0 s to 1 s
@ConfigurationProperties("models.demo")
record DemoConfig(@Bindable(defaultValue = "15ms") Duration pause) {}
