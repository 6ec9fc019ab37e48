package dev.wheelhouse.faults;

import ch.qos.logback.classic.LoggerContext;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong in this replica since its start, and whether it is sent to where the operator wants it.
@Context
public final class Faults implements AutoCloseable {

    /// How many are kept.
    static final int KEPT = 50;

    /// Whether faults are sent.
    public enum Sends {
        OFF,
        ON,
        FAILING
    }

    /// Faults that are the same but for when and for whom.
    ///
    /// @param form of the line of the log, with `{}` where its arguments were
    /// @param error the class of the exception, empty without one
    /// @param place in the platform's code
    /// @param run of the last one, where it was about one
    public record Group(
            String form,
            String error,
            String place,
            long count,
            Instant firstAt,
            Instant lastAt,
            @Nullable String run) {

        private Group and(Fault fault) {
            return new Group(
                    form,
                    error,
                    place,
                    count + 1,
                    firstAt,
                    fault.at(),
                    fault.about().get("run"));
        }
    }

    /// @param groups the last first
    /// @param dropped how many could not be sent, or came too many at once
    public record Standing(String replica, Sends sends, long sent, long dropped, List<Group> groups) {
        public Standing {
            groups = List.copyOf(groups);
        }
    }

    private final String replica;
    private final @Nullable SendFaults sending;
    private final CatchFaults catching = new CatchFaults(this::take);
    private final LinkedHashMap<List<String>, Group> groups = new LinkedHashMap<>();

    Faults(FaultsConfig config, Outbound outbound, Database database) {
        replica = database.replica();
        String dsn = config.dsn();
        var envelope = new Envelope(version(), replica, config.environment());
        sending = dsn == null
                ? null
                : Dsn.parse(dsn)
                        .map(to -> new SendFaults(outbound, to, envelope))
                        .orElseThrow();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            catching.setContext(context);
            catching.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(catching);
        }
    }

    private static String version() {
        String version = Faults.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void take(Fault fault) {
        synchronized (groups) {
            var known = groups.remove(fault.fingerprint());
            groups.put(fault.fingerprint(), known == null ? first(fault) : known.and(fault));
            if (groups.size() > KEPT) {
                groups.pollFirstEntry();
            }
        }
        if (sending != null) {
            sending.offer(fault);
        }
    }

    private static Group first(Fault fault) {
        return new Group(
                fault.form(),
                fault.type(),
                fault.place(),
                1,
                fault.at(),
                fault.at(),
                fault.about().get("run"));
    }

    /// Of this replica alone: others have their own.
    public Standing standing() {
        var sends = sending == null ? Sends.OFF : sending.isFailing() ? Sends.FAILING : Sends.ON;
        synchronized (groups) {
            return new Standing(
                    replica,
                    sends,
                    sending == null ? 0 : sending.sent(),
                    sending == null ? 0 : sending.dropped(),
                    new ArrayList<>(groups.sequencedValues().reversed()));
        }
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(catching);
        }
        catching.stop();
        if (sending != null) {
            sending.close();
        }
    }
}
