package dev.wheelhouse;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.Drain;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// Starts one replica of the platform, and shuts it down gracefully.
public final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private Application() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Settings.locate(System.getenv("WHEELHOUSE_CONFIG"));
            start(Micronaut.build(arguments)
                    .mainClass(Application.class)
                    .banner(false)
                    .bootstrapEnvironment(false)
                    .build());
        } catch (RuntimeException e) {
            refuse(e);
        }
        new CountDownLatch(1).await();
    }

    /// Starts and stops without the framework's own runner, which would close the socket before the drain.
    private static void start(ApplicationContext context) {
        // Settings can be read before the first bean, which may open the first TLS connection.
        var settings = context.getEnvironment().start();
        Outbound.trustEverywhere(
                settings.getProperty("outbound.ca-bundle", String.class).orElse(null));
        context.start();
        var server = context.getBean(EmbeddedServer.class);
        var drain = context.getBean(Drain.class);
        stopWhenAsked(() -> stop(context, drain));
        server.start();
        LOG.info("Wheelhouse is listening at {}.", server.getURI());
    }

    /// By the signals themselves. Hooks of the JVM all run at once, and one of ONNX Runtime's frees what steps use that
    /// are still coming to their end: the process would crash.
    private static void stopWhenAsked(Runnable stop) {
        var isStopping = new AtomicBoolean();
        for (var name : List.of("TERM", "INT", "HUP")) {
            Signal.handle(new Signal(name), signal -> {
                if (isStopping.compareAndSet(false, true)) {
                    stop.run();
                    System.exit(128 + signal.getNumber());
                }
            });
        }
    }

    private static void stop(ApplicationContext context, Drain drain) {
        try {
            drain.leave();
        } catch (InterruptedException e) {
            LOG.warn(
                    "Shutdown was cut short. Runs still owned here continue on other replicas once their leases expire.");
        }
        context.stop();
    }

    /// A configuration that cannot work ends with messages that name the setting, not with a stack trace.
    private static void refuse(RuntimeException e) {
        var problem = RefuseStart.problem(e);
        if (problem == null) {
            LOG.error("Wheelhouse does not start.", e);
            System.exit(1);
        }
        LOG.error("Wheelhouse does not start: {}", problem.sentences());
        for (Problem.Mistake mistake : problem.mistakes()) {
            LOG.error("  {}{}", mistake.path().isEmpty() ? "" : mistake.path() + ": ", mistake.sentences());
        }
        // 2 tells the supervisor that a restart with the same settings would fail again.
        System.exit(RefuseStart.mayPass(e) ? 1 : 2);
    }
}
