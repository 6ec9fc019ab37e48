package dev.wheelhouse;

import dev.wheelhouse.base.Problem;
import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.runtime.Micronaut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts one replica of the platform.
public final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private Application() {}

    public static void main(String[] arguments) {
        try {
            Settings.locate(System.getenv("WHEELHOUSE_CONFIG"));
            Micronaut.build(arguments)
                    .mainClass(Application.class)
                    .banner(false)
                    // Left alone, the framework prints a stack trace and ends the process before we can speak.
                    .mapError(BeanInstantiationException.class, Application::refuse)
                    .start();
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    /// A set-up that cannot work ends with sentences that name the setting, not with a stack trace.
    private static int refuse(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                LOG.error("Wheelhouse does not start: {}. {}", problem.message(), problem.hint());
                problem.mistakes()
                        .forEach(mistake ->
                                LOG.error("  {}: {}. {}", mistake.path(), mistake.message(), mistake.hint()));
                System.exit(2);
            }
        }
        LOG.error("Wheelhouse does not start.", e);
        System.exit(1);
        return 1;
    }
}
