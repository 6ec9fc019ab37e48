package dev.wheelhouse;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.Drain;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts one replica of the platform, and stops it in order.
public final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private Application() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Settings.locate(System.getenv("WHEELHOUSE_CONFIG"));
            start(Micronaut.build(arguments)
                    .mainClass(Application.class)
                    .banner(false)
                    .build());
        } catch (RuntimeException e) {
            refuse(e);
        }
        new CountDownLatch(1).await();
    }

    /// Starts by our own hand: the framework would close the door first and ask for the rest later.
    private static void start(ApplicationContext context) {
        context.start();
        var server = context.getBean(EmbeddedServer.class);
        var leaving = context.getBean(Drain.class);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context, leaving), "stop"));
        server.start();
        LOG.info("Wheelhouse answers at {}.", server.getURI());
    }

    private static void stop(ApplicationContext context, Drain leaving) {
        try {
            leaving.leave();
        } catch (InterruptedException e) {
            LOG.warn("The stop was hurried. Runs that are left here go on elsewhere when their leases are over.");
        }
        context.stop();
    }

    /// A set-up that cannot work ends with sentences that name the setting, not with a stack trace.
    private static void refuse(RuntimeException e) {
        var problem = RefuseStart.problem(e);
        if (problem == null) {
            LOG.error("Wheelhouse does not start.", e);
            System.exit(1);
        }
        LOG.error("Wheelhouse does not start: {}. {}", problem.message(), problem.hint());
        for (Problem.Mistake mistake : problem.mistakes()) {
            LOG.error("  {}: {}. {}", mistake.path(), mistake.message(), mistake.hint());
        }
        // 2 tells whoever watches over us that another try with the same settings would end here again.
        System.exit(RefuseStart.mayPass(e) ? 1 : 2);
    }
}
