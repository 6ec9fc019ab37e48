package dev.wheelhouse.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Code that can stop in the middle and go on later, on the caller's thread. What is never gone on with is left to the
/// garbage collector and does nothing more.
///
/// It stands on what virtual threads stand on, which the JDK keeps to itself: the JVM needs
/// `--add-exports java.base/jdk.internal.vm=ALL-UNNAMED`. Virtual threads themselves cannot be abandoned, and take ten
/// times as long to change.
final class Coroutine {

    private static final Object SCOPE;
    private static final MethodHandle NEW;
    private static final MethodHandle RUN;
    private static final MethodHandle YIELD;
    private static final MethodHandle IS_DONE;

    static {
        try {
            var continuation = Class.forName("jdk.internal.vm.Continuation");
            var scope = Class.forName("jdk.internal.vm.ContinuationScope");
            var lookup = MethodHandles.lookup();
            SCOPE = scope.getConstructor(String.class).newInstance("simulation");
            NEW = lookup.findConstructor(continuation, MethodType.methodType(void.class, scope, Runnable.class))
                    .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
            RUN = lookup.findVirtual(continuation, "run", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            YIELD = lookup.findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
                    .asType(MethodType.methodType(boolean.class, Object.class));
            IS_DONE = lookup.findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
                    .asType(MethodType.methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Start Java with --add-exports java.base/jdk.internal.vm=ALL-UNNAMED", e);
        }
    }

    private final Object continuation;
    private @Nullable Throwable thrown;

    Coroutine(Runnable code) {
        Runnable watched = () -> {
            try {
                code.run();
            } catch (Throwable e) {
                thrown = e;
            }
        };
        try {
            continuation = (Object) NEW.invokeExact(SCOPE, watched);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Runs the code until it stops or ends. Throws what the code throws.
    void goOn() {
        try {
            RUN.invokeExact(continuation);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (thrown != null) {
            throw unexpected(thrown);
        }
    }

    boolean hasEnded() {
        try {
            return (boolean) IS_DONE.invokeExact(continuation);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Called by the code itself: stops here until it is gone on with.
    static void stop() {
        try {
            boolean stopped = (boolean) YIELD.invokeExact(SCOPE);
            assert stopped;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException passing ? passing : new IllegalStateException(e);
    }
}
