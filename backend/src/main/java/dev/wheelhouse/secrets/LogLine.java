package dev.wheelhouse.secrets;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.LogContext;
import java.util.LinkedHashMap;
import java.util.List;

/// A line of the log as one JSON object: `time` (UTC), `level`, `logger`, `message`; `tenant`, `run`, `trace` and
/// `request` where it is about one; `error` with the stack. Without the values of secrets that were opened lately.
public final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final List<String> ABOUT =
            List.of(LogContext.TENANT, LogContext.RUN, LogContext.TRACE, LogContext.REQUEST);

    private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();

    @Override
    public void start() {
        stacks.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new LinkedHashMap<String, String>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().levelStr);
        line.put("logger", event.getLoggerName());
        line.put("message", event.getFormattedMessage());
        var about = event.getMDCPropertyMap();
        for (String key : ABOUT) {
            String value = about.get(key);
            if (value != null) {
                line.put(key, value);
            }
        }
        if (event.getThrowableProxy() != null) {
            line.put("error", stacks.convert(event).strip());
        }
        line.replaceAll((_, value) -> ScrubLog.scrubbed(value));
        return Json.write(line) + "\n";
    }
}
