package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A run that somebody watches or that goes on here: its whole log in memory, the text of steps under way, and the
/// watchers, each of which has been shown everything up to `seq`.
final class LiveRun {

    /// @param seen what it was shown elsewhere, which may be more than is known here yet
    private record Watching(RunWatcher watcher, int seen) {}

    private final TenantId tenant;
    private final RunId run;
    private final List<RunEvent> log = new ArrayList<>();
    private final TreeMap<Integer, Supplier<String>> running = new TreeMap<>();
    private final TreeMap<Integer, StringBuilder> texts = new TreeMap<>();
    private final List<Watching> watchers = new ArrayList<>();

    LiveRun(TenantId tenant, RunId run) {
        this.tenant = tenant;
        this.run = run;
    }

    TenantId tenant() {
        return tenant;
    }

    RunId run() {
        return run;
    }

    synchronized int seq() {
        return log.size();
    }

    synchronized boolean isWatched() {
        return !watchers.isEmpty();
    }

    synchronized boolean hasEnded() {
        return !log.isEmpty() && log.getLast().isLast();
    }

    /// Shows committed events. Those shown before are passed over; after a gap nothing is shown, and false tells the
    /// caller to read the log.
    synchronized boolean publish(List<RunEvent> events) {
        for (var event : events) {
            if (event.seq() > log.size() + 1) {
                return false;
            }
            if (event.seq() == log.size() + 1) {
                show(event);
            }
        }
        return true;
    }

    private void show(RunEvent event) {
        log.add(event);
        if (event.type() == EventType.RUN_CLAIMED) {
            List.copyOf(texts.keySet()).forEach(this::reset);
        }
        if (event.type().isAboutStep() && event.type() != EventType.STEP_STARTED) {
            running.remove(event.step());
            texts.remove(event.step());
        }
        if (event.type() == EventType.RUN_CLAIMED || event.isLast()) {
            running.clear();
            texts.clear();
        }
        for (var one : watchers) {
            if (event.seq() > one.seen()) {
                one.watcher().event(event);
            }
        }
        if (event.isLast()) {
            watchers.forEach(one -> one.watcher().ended());
            watchers.clear();
        }
    }

    /// Shows a step that begins. Most steps of most runs nobody watches, so the JSON text is made for those who do.
    synchronized void running(int step, Supplier<String> json) {
        running.put(step, json);
        if (!watchers.isEmpty()) {
            String shown = json.get();
            watchers.forEach(one -> one.watcher().running(shown));
        }
    }

    synchronized void delta(int step, String text) {
        var before = texts.computeIfAbsent(step, none -> new StringBuilder());
        int offset = before.length();
        before.append(text);
        watchers.forEach(one -> one.watcher().delta(step, offset, text));
    }

    /// Whoever was shown text of the step is told that it does not count.
    synchronized void reset(int step) {
        if (texts.remove(step) != null) {
            watchers.forEach(one -> one.watcher().reset(step));
        }
    }

    /// Shows what is there above `after`, then whatever comes.
    synchronized void attach(RunWatcher watcher, int after) {
        for (var event : log.subList(Math.min(after, log.size()), log.size())) {
            watcher.event(event);
        }
        if (hasEnded()) {
            watcher.ended();
            return;
        }
        running.values().forEach(json -> watcher.running(json.get()));
        texts.forEach((step, text) -> watcher.delta(step, 0, text.toString()));
        watchers.add(new Watching(watcher, after));
    }

    synchronized void detach(RunWatcher watcher) {
        watchers.removeIf(one -> one.watcher() == watcher);
    }
}
