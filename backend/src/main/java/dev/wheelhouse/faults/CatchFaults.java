package dev.wheelhouse.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.wheelhouse.base.LogContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Makes a [Fault] of each line of the log at ERROR.
final class CatchFaults extends AppenderBase<ILoggingEvent> {

    static final String NAME = "faults";
    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 100;
    private static final List<String> ABOUT =
            List.of(LogContext.TENANT, LogContext.RUN, LogContext.TRACE, LogContext.REQUEST);

    private final Consumer<Fault> taker;

    CatchFaults(Consumer<Fault> taker) {
        this.taker = taker;
        setName(NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                && !event.getLoggerName().startsWith(CatchFaults.class.getPackageName())) {
            taker.accept(fault(event));
        }
    }

    private static Fault fault(ILoggingEvent event) {
        var about = new TreeMap<String, String>();
        event.getMDCPropertyMap().forEach((key, value) -> {
            if (ABOUT.contains(key)) {
                about.put(key, value);
            }
        });
        var errors = new ArrayList<Fault.Failure>();
        for (IThrowableProxy error = event.getThrowableProxy();
                error != null && errors.size() < MOST_CAUSES;
                error = error.getCause()) {
            errors.add(new Fault.Failure(
                    error.getClassName(),
                    Arrays.stream(error.getStackTraceElementProxyArray())
                            .limit(MOST_FRAMES)
                            .map(frame -> frame.getStackTraceElement())
                            .toList()));
        }
        return new Fault(
                event.getInstant(),
                event.getLoggerName(),
                String.valueOf(event.getMessage()),
                List.copyOf(errors),
                about);
    }
}
