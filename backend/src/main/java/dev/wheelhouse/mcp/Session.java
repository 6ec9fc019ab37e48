package dev.wheelhouse.mcp;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What was agreed with a server.
///
/// @param version the date of the revision as it is sent
/// @param id the server's name for the session, null without one
record Session(Revision revision, String version, @Nullable String id, AtomicLong numbers) {

    static Session stateless() {
        return new Session(Revision.STATELESS, Revision.STATELESS.date(), null, new AtomicLong());
    }

    /// Before the server has said which revision it speaks.
    static Session begun() {
        return new Session(Revision.SESSIONS, "", null, new AtomicLong());
    }

    Session agreed(String version, @Nullable String id) {
        return new Session(revision, version, id, numbers);
    }

    boolean isStateless() {
        return revision == Revision.STATELESS;
    }
}
