package dev.wheelhouse.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the demo model is to do next.
sealed interface DemoAction {

    /// Call these tools, all at once.
    record Tools(String remark, List<Use> uses) implements DemoAction {}

    /// `known` holds what the message says, under the words of [DemoArguments].
    record Use(String tool, Map<String, Object> known) {}

    record Say(String text) implements DemoAction {}

    record Slow(Duration length) implements DemoAction {}

    record Fail() implements DemoAction {}

    /// Wait until `name` is released, then go on.
    record Hold(String name, DemoAction then) implements DemoAction {}

    record Release(String name) implements DemoAction {}
}
