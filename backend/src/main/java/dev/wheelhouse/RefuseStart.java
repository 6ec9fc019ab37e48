package dev.wheelhouse;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.net.BindException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/// Turns the cause of a failed start into a message for the operator: which setting, and what to do.
final class RefuseStart {

    private static final Pattern VALUE =
            Pattern.compile("resolving property value \\[([^]]*)]\\. Unable to convert value \\[([^]]*)]");

    private RefuseStart() {}

    /// Null if no setting could fix it.
    static @Nullable Problem problem(Throwable e) {
        var said = cause(e, Problem.class);
        if (said != null) {
            return said;
        }
        var taken = cause(e, BindException.class);
        if (taken != null) {
            return new Problem(
                    ErrorCode.NOT_READY,
                    "cannot listen on HOST and PORT: " + oneLine(taken),
                    "Stop the process that listens there, or set another PORT");
        }
        var yaml = cause(e, YAMLException.class);
        if (yaml != null) {
            return new Problem(
                    ErrorCode.NOT_READY,
                    "the file named by WHEELHOUSE_CONFIG is not valid YAML: " + oneLine(yaml),
                    "Correct the file");
        }
        return framework(e);
    }

    /// Settings of the framework, whose names only it knows.
    private static @Nullable Problem framework(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            var value = VALUE.matcher(String.valueOf(cause.getMessage()));
            if (value.find()) {
                String name = value.group(1).equals("micronaut.server.port") ? "PORT" : value.group(1);
                return new Problem(
                        ErrorCode.NOT_READY,
                        "%s has the invalid value \"%s\"".formatted(name, value.group(2)),
                        "Correct its value");
            }
        }
        return null;
    }

    /// A port that is taken may be free again soon.
    static boolean mayPass(Throwable e) {
        return cause(e, Problem.class) == null && cause(e, BindException.class) != null;
    }

    private static <T> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String oneLine(Throwable e) {
        String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
