package dev.wheelhouse.models;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An alias as agents name it, and the targets behind it in the order in which they are tried.
public record Model(String alias, boolean demo, List<Target> targets) {

    /// `state` is `ready`, or `cooling` after too many failures in a row.
    ///
    /// @param learnt what its server has refused in this process, and is asked without since
    public record Target(
            String provider,
            String name,
            @Nullable String url,
            String state,
            @Nullable Prices prices,
            Set<Provider.Adaptation> learnt) {}

    /// What came of asking it something small, to see what its server can do.
    ///
    /// @param reply null where there was none
    /// @param wrong what is wrong with the reply, or why there is none; null where all is well
    public record Trial(
            Question question,
            Duration took,
            @Nullable ModelReply reply,
            @Nullable String code,
            @Nullable String wrong,
            @Nullable String hint) {

        public boolean passed() {
            return wrong == null;
        }
    }

    /// What a trial asks for.
    public enum Question {
        /// One word.
        TEXT,
        /// A call of a tool.
        TOOL,
        /// JSON that matches a schema.
        SCHEMA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
