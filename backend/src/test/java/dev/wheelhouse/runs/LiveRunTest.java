package dev.wheelhouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replica shows of a run that goes on elsewhere.
class LiveRunTest {

    private final RunId run = RunId.next();
    private final LiveRun live = new LiveRun(new TenantId("default"), run);

    private RunEvent event(int seq) {
        return new RunEvent(run, seq, Instant.EPOCH, EventType.STEP_SUCCEEDED, seq, "{}");
    }

    @Test
    void who_has_seen_more_elsewhere_than_is_known_here_is_shown_nothing_twice() {
        live.publish(List.of(event(1), event(2)));
        var ahead = new Transcript();
        var behind = new Transcript();

        live.attach(ahead, 3);
        live.attach(behind, 1);
        live.publish(List.of(event(3), event(4)));

        assertThat(ahead.seqs()).containsExactly(4);
        assertThat(behind.seqs()).containsExactly(2, 3, 4);
    }

    @Test
    void who_has_left_is_shown_nothing_more() {
        var watcher = new Transcript();
        live.attach(watcher, 0);
        live.publish(List.of(event(1)));

        live.detach(watcher);
        live.publish(List.of(event(2)));

        assertThat(watcher.seqs()).containsExactly(1);
        assertThat(live.isWatched()).isFalse();
    }
}
