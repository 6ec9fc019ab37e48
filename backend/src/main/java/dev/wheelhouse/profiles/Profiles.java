package dev.wheelhouse.profiles;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records what this replica does, for whoever runs the platform.
@Singleton
public final class Profiles {

    /// The longest, in seconds.
    public static final int MOST = 120;

    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);
    private static final int SHOWN = 20;

    private final ProfileStore store;
    private final Database database;
    private final Clock clock;

    Profiles(ProfileStore store, Database database, Clock clock) {
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    /// Records this replica on the calling thread, which waits meanwhile, and draws a flame graph.
    ///
    /// @param askedBy for the trail
    /// @param seconds 1 to [#MOST]
    /// @return a page of HTML with a script of its own
    /// @throws Problem `conflict` while another profile is recorded, on whichever replica
    public String record(TenantId tenant, String askedBy, int seconds) throws InterruptedException {
        var id = store.begin(tenant, askedBy, seconds)
                .orElseThrow(() -> new Problem(
                        ErrorCode.CONFLICT,
                        "A profile is being recorded already",
                        "Wait until it is done, %d s at most, then ask again".formatted(MOST)));
        LOG.info("A profile of {} s of this replica is recorded for \"{}\".", seconds, askedBy);
        int bytes = 0;
        try {
            String page = Recorder.record(
                    clock,
                    Duration.ofSeconds(seconds),
                    "Wheelhouse, replica %s, %d s".formatted(database.replica(), seconds));
            bytes = page.getBytes(StandardCharsets.UTF_8).length;
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("The profile cannot be written to a temporary file", e);
        } finally {
            store.end(id, bytes);
        }
    }

    /// The last ones of all replicas, the latest first, one under way among them.
    public List<Profile> latest() {
        return store.latest(SHOWN);
    }
}
