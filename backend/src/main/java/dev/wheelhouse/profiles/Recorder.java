package dev.wheelhouse.profiles;

import dev.wheelhouse.clock.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/// Has the JVM look every 10 ms of processor time at what each thread does, and draws what it saw.
final class Recorder {

    private static final String ON_LINUX = "jdk.CPUTimeSample";
    private static final String ELSEWHERE = "jdk.ExecutionSample";
    private static final boolean IS_LINUX = System.getProperty("os.name").equals("Linux");

    private Recorder() {}

    /// @return a page of HTML with a script of its own
    static String record(Clock clock, Duration time, String title) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("wheelhouse-profile");
        var events = folder.resolve("events.jfr");
        var page = folder.resolve("page.html");
        try {
            try (var recording = new Recording()) {
                if (IS_LINUX) {
                    recording.enable(ON_LINUX).with("throttle", "10ms");
                } else {
                    recording.enable(ELSEWHERE).withPeriod(Duration.ofMillis(10));
                }
                recording.start();
                clock.sleep(time);
                recording.stop();
                recording.dump(events);
            }
            JfrToFlame.convert(events.toString(), page.toString(), options(title));
            return Files.readString(page);
        } finally {
            for (Path file : new Path[] {events, page, folder}) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// The converter counts a JVM's own samples as those of a kind of its own.
    private static Arguments options(String title) {
        return IS_LINUX
                ? new Arguments("--cpu-time", "--title", title)
                : new Arguments("--state", "runnable", "--title", title);
    }
}
