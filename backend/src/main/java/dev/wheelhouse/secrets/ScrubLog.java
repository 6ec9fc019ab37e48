package dev.wheelhouse.secrets;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.function.UnaryOperator;

/// Writes lines of the log, stack traces included, without the values that were opened lately. `ConfigureLog` sets it;
/// the log begins before anything else is made, so the secrets announce themselves.
public final class ScrubLog extends PatternLayout {

    private static volatile UnaryOperator<String> scrub = UnaryOperator.identity();

    static void by(UnaryOperator<String> scrubbing) {
        scrub = scrubbing;
    }

    /// A text of the log without these values.
    static String scrubbed(String text) {
        return scrub.apply(text);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return scrub.apply(super.doLayout(event));
    }
}
