package dev.wheelhouse.chaos;

import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// D14. The disk under Postgres is filled to the last byte while runs go on, and freed again. Postgres itself may fall:
/// somebody starts it again, as Kubernetes or systemd would.
final class FullDisk implements Experiment {

    @Override
    public String name() {
        return "D14";
    }

    @Override
    public String title() {
        return "full disk under Postgres";
    }

    @Override
    public Figures run(World world) throws Exception {
        Missing.unlessRoot();
        var postgres = world.startPostgres();
        var disk = postgres.folder().resolve("cluster");
        moveToSmallDisk(world, disk);
        var done = new AtomicBoolean();
        try {
            return run(world, disk, done);
        } finally {
            done.set(true);
            world.processes().close();
            postgres.stopAtOnce();
            Processes.finish(Map.of(), "umount", "-l", disk.toString());
        }
    }

    private static void moveToSmallDisk(World world, Path disk) {
        world.postgres().close();
        var aside = disk.resolveSibling("aside");
        Processes.finish(Map.of(), "mv", disk.toString(), aside.toString());
        Processes.finish(Map.of(), "mkdir", "-m", "700", disk.toString());
        Processes.finish(
                Map.of(), "mount", "-t", "tmpfs", "-o", "size=192m,mode=700", "wheelhouse-small-disk", disk.toString());
        Processes.finish(Map.of(), "cp", "-a", aside + "/.", disk.toString());
        World.delete(aside);
        world.postgres().start();
    }

    private static Figures run(World world, Path disk, AtomicBoolean done) throws Exception {
        var replicas = world.replicas(2);
        world.agent("worker", "effect_read", "effect_keyed", "effect_unkeyed");
        world.model().manners(300, 0);
        var visitor = new Visitor(replicas.getFirst().url());
        var other = new Visitor(replicas.getLast().url());
        Thread.ofVirtual().start(() -> keepUp(world, done));
        long heals;
        int before;
        var visiting = new AtomicBoolean(true);
        try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            visitors.submit(() -> visit(visitor, "a", visitors, visiting));
            visitors.submit(() -> visit(other, "b", visitors, visiting));
            TimeUnit.SECONDS.sleep(5);
            before = visitor.accepted().size() + other.accepted().size();
            fill(disk.resolve("filler"));
            TimeUnit.SECONDS.sleep(world.size().of(15, 40));
            Files.delete(disk.resolve("filler"));
            long freed = System.nanoTime();
            int known = visitor.accepted().size();
            World.await(
                    Duration.ofSeconds(90),
                    () -> replicas.stream().allMatch(r -> r.status("/ready") == 200)
                            && visitor.accepted().size() > known + 5);
            heals = System.nanoTime() - freed;
            visiting.set(false);
        }
        boolean quiet = World.await(Duration.ofSeconds(60), () -> open(world) == 0);
        world.note("complaints.txt", visitor.complaints());
        world.note("complaints-other.txt", other.complaints());
        var states = world.postgres().rows("SELECT id, state FROM runs");
        return new Figures()
                .exactly("acknowledged runs lost", lost(states, visitor) + lost(states, other), 0)
                .exactly("answers 5xx that are no 503 with Retry-After", visitor.unexplained() + other.unexplained(), 0)
                .exactly("broken connections", visitor.with(0) + other.with(0), 0)
                .atMost("served again after space was there", heals / 1e9, "s", 30)
                .exactly("stuck", quiet ? 0 : open(world), 0)
                .exactly(
                        "runs failed",
                        states.stream()
                                .filter(row -> row.get(1).equals("failed"))
                                .count(),
                        0)
                .atLeast("runs acknowledged before", before, "", 20)
                .atLeast("refused with 503 while it was full", visitor.with(503) + other.with(503), "", 5)
                .atLeast("complaints of Postgres about space", noSpace(world), "", 1);
    }

    private static Void visit(
            Visitor visitor, String word, java.util.concurrent.ExecutorService visitors, AtomicBoolean visiting)
            throws InterruptedException {
        for (int n = 0; visiting.get(); n++) {
            String body = "{\"input\":" + Json.quote("chain " + word + n) + "}";
            visitors.submit(() -> visitor.ask("POST", "/api/v1/agents/worker/runs", body));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return null;
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space")) {
                throw e;
            }
        }
    }

    /// Starts Postgres again where it has fallen.
    private static void keepUp(World world, AtomicBoolean done) {
        while (!done.get()) {
            try {
                TimeUnit.SECONDS.sleep(1);
                if (!done.get() && !isUp(world)) {
                    world.postgres().start();
                }
            } catch (IllegalStateException e) {
                // The disk is still full.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isUp(World world) {
        try {
            return ProcessHandle.of(world.postgres().pid()).isPresent();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static long open(World world) {
        try {
            return world.open();
        } catch (IllegalStateException e) {
            return 1;
        }
    }

    private static long lost(List<List<String>> states, Visitor visitor) {
        var recorded = states.stream().map(List::getFirst).toList();
        return visitor.accepted().stream()
                .filter(run -> !recorded.contains(run))
                .count();
    }

    private static long noSpace(World world) throws IOException {
        try (var lines = Files.lines(world.postgres().folder().resolve("postgres.log"))) {
            return lines.filter(line -> line.contains("No space left")).count();
        }
    }
}
