package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run to be started, made by [#of]. Without `thread` it opens one. `idempotencyKey` (1 to 200 characters) makes a
/// repeated start answer with the first run.
///
/// @param keep which steps of its origin it begins with, or null for none
public record NewRun(
        TenantId tenant,
        Program.Pin program,
        @Nullable UUID thread,
        Run.Request request,
        Run.Lineage lineage,
        @Nullable String idempotencyKey,
        WhenBusy whenBusy,
        @Nullable Keep keep) {

    /// What becomes of a run whose thread has an open one: it is refused, it waits its turn, or it ends the other.
    public enum WhenBusy {
        REJECT,
        QUEUE,
        INTERRUPT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a run takes over from the log of its origin: it counts as done and is not paid again.
    ///
    /// @param steps the numbers of ended steps
    /// @param outputs JSON texts that take the place of what these steps have put out
    /// @param sameEffects what the origin may have done already keeps its idempotency key, so that it acts once
    public record Keep(Set<Integer> steps, Map<Integer, String> outputs, boolean sameEffects) {}

    /// A run in a thread of its own that nobody in particular asks for, made from nothing, unless more is said.
    ///
    /// @param input JSON text, a list of messages
    public static Builder of(TenantId tenant, Program.Pin program, String input) {
        return new Builder(tenant, program, input);
    }

    public String input() {
        return String.valueOf(request.input());
    }

    public Run.Asker asker() {
        return request.asker();
    }

    public Run.@Nullable Origin origin() {
        return lineage.origin();
    }

    public NewRun with(@Nullable Keep other) {
        return new NewRun(tenant, program, thread, request, lineage, idempotencyKey, whenBusy, other);
    }

    /// Whether it may be begun by the replica that writes it down: one that may have to wait, or that begins with steps
    /// of another run, is taken like any other that is due.
    boolean isPlain() {
        return keep == null && (whenBusy == WhenBusy.REJECT || thread == null);
    }

    /// Puts a run to be started together.
    public static final class Builder {
        private final TenantId tenant;
        private final Program.Pin program;
        private final String input;
        private @Nullable UUID thread;
        private String metadata = "{}";
        private @Nullable String caps;
        private @Nullable String options;
        private @Nullable String idempotencyKey;
        private Run.Asker asker = Run.Asker.NOBODY;
        private Run.Lineage lineage = Run.Lineage.NONE;
        private WhenBusy whenBusy = WhenBusy.REJECT;
        private @Nullable Keep keep;

        private Builder(TenantId tenant, Program.Pin program, String input) {
            this.tenant = tenant;
            this.program = program;
            this.input = input;
        }

        /// The next turn of this thread; null opens one.
        public Builder thread(@Nullable UUID thread) {
            this.thread = thread;
            return this;
        }

        /// JSON text of an object.
        public Builder metadata(String metadata) {
            this.metadata = metadata;
            return this;
        }

        /// JSON text: the limits that the run is held to besides its program's own, or null.
        public Builder caps(@Nullable String caps) {
            this.caps = caps;
            return this;
        }

        /// JSON text of an object for the program to read, or null.
        public Builder options(@Nullable String options) {
            this.options = options;
            return this;
        }

        public Builder idempotencyKey(@Nullable String key) {
            this.idempotencyKey = key;
            return this;
        }

        public Builder asker(Run.Asker asker) {
            this.asker = asker;
            return this;
        }

        public Builder madeFrom(Run.Origin origin) {
            this.lineage = new Run.Lineage(origin, null);
            return this;
        }

        public Builder calledBy(Run.Parent parent) {
            this.lineage = new Run.Lineage(null, parent);
            return this;
        }

        public Builder whenBusy(WhenBusy whenBusy) {
            this.whenBusy = whenBusy;
            return this;
        }

        public Builder keep(@Nullable Keep keep) {
            this.keep = keep;
            return this;
        }

        public NewRun build() {
            var request = new Run.Request(input, caps, options, metadata, asker);
            return new NewRun(tenant, program, thread, request, lineage, idempotencyKey, whenBusy, keep);
        }
    }
}
