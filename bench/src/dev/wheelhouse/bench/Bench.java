package dev.wheelhouse.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the benches that are named, or all.
public final class Bench {

    /// One bench: measures and tells its figures.
    @FunctionalInterface
    interface Measured {
        void measure(Stage stage, Figures figures) throws Exception;
    }

    private record Named(String title, Measured bench) {}

    private static final Map<String, Named> BENCHES = new LinkedHashMap<>();

    static {
        BENCHES.put("B1", new Named("a durable run: model, tool, model, followed over SSE", new DurableRun()));
        BENCHES.put("B2", new Named("a step of the engine, in process and without input or output", new EngineStep()));
        BENCHES.put("B3", new Named("first event and tokens of a streaming model", new FirstToken()));
        BENCHES.put("B4", new Named("one event to many streams", new FanOut()));
        BENCHES.put("B5", new Named("a call of a model server over HTTP and SSE", new ModelClient()));
        BENCHES.put("B7", new Named("runs beside 1,000 and 1,000,000 stored steps", new Growth()));
        BENCHES.put("B9", new Named("64 runs in flight and kill -9", new CrashResume()));
        BENCHES.put("B10", new Named("a run streamed to a client of OpenAI's API, model over SSE", new StreamedRun()));
        BENCHES.put("B12", new Named("workflows: a map over 10,000 items, and tool states beside an agent", new WorkflowCost()));
        BENCHES.put("B14", new Named("memory after many runs at once", new MemoryAfterLoad()));
        BENCHES.put("B15", new Named("runs that are seen: metrics, traces and a log for programs", new ToldRun()));
    }

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var names = arguments.length == 0 ? List.copyOf(BENCHES.keySet()) : Arrays.asList(arguments);
        for (String name : names) {
            if (!BENCHES.containsKey(name)) {
                System.err.println("There is no bench \"%s\": say %s.".formatted(name, BENCHES.keySet()));
                System.exit(2);
            }
        }
        var report = new Report(Path.of(System.getProperty("bench.report")));
        boolean passed = true;
        for (String name : names) {
            var named = BENCHES.get(name);
            var figures = new Figures();
            System.out.println("\n" + name + ": " + named.title());
            try (var stage = new Stage(name)) {
                named.bench().measure(stage, figures);
            }
            passed &= report.add(name, named.title(), figures);
        }
        System.out.println(passed ? "\nAll bars are met." : "\nNot all bars are met.");
        System.exit(0);
    }
}
