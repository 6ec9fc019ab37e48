package dev.wheelhouse;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.wheelhouse.secrets.LogLine;
import dev.wheelhouse.secrets.ScrubLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Says what is logged, where to and how. In code: reading it from a file costs the start 300 classes, an XML parser
/// among them. A file still counts where `-Dlogback.configurationFile` names one, or where tests bring theirs.
public final class ConfigureLog extends ContextAwareBase implements Configurator {

    /// The variable that says how lines are written: programs read `json`, people text.
    static final String FORMAT = "LOG_FORMAT";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0}: %msg%n";

    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "io.micronaut",
            Level.WARN,
            "org.flywaydb",
            Level.WARN,
            // It would say at every start that it has not been tried with this Postgres; our tests have.
            "org.flywaydb.core.internal.database.base.Database",
            Level.ERROR,
            "com.zaxxer.hikari",
            Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || ConfigureLog.class.getResource("/" + ClassicConstants.TEST_AUTOCONFIG_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context, System.getenv(FORMAT)));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// @param format `json`, or anything else for text
    static ConsoleAppender<ILoggingEvent> console(LoggerContext context, @Nullable String format) {
        var layout = "json".equals(format) ? new LogLine() : text();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    private static ScrubLog text() {
        var layout = new ScrubLog();
        layout.setPattern(PATTERN);
        return layout;
    }
}
