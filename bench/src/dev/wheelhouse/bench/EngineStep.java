package dev.wheelhouse.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.wheelhouse.runs.EngineSteps;
import java.lang.management.ManagementFactory;

/// What the engine itself takes for a step: the CPU of this process and the bytes that its threads allocate.
final class EngineStep implements Bench.Measured {

    private static final int ROUNDS = 11;
    private static final int RUNS = 20_000;

    /// So many rounds the compiler of the JVM has work.
    private static final int WARM_UP = 8;

    @Override
    public void measure(Stage stage, Figures figures) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var micros = Rounds.of();
        var bytes = Rounds.of();
        try (var engine = new EngineSteps()) {
            engine.run(RUNS * WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                long cpu = system.getProcessCpuTime();
                long allocated = threads.getTotalThreadAllocatedBytes();
                int steps = engine.run(RUNS);
                micros = micros.with((system.getProcessCpuTime() - cpu) / 1e3 / steps);
                bytes = bytes.with((double) (threads.getTotalThreadAllocatedBytes() - allocated) / steps);
            }
        }
        figures.atMost("CPU per step", micros, "us", 10);
        figures.atMost("allocated per step", bytes, "bytes", 8_000);
    }
}
