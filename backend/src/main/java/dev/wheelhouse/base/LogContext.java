package dev.wheelhouse.base;

import org.slf4j.MDC;

/// What the lines of this thread's log are about: a program that reads the log finds them by it.
public final class LogContext {

    public static final String TENANT = "tenant";
    public static final String RUN = "run";
    public static final String TRACE = "trace";
    public static final String REQUEST = "request";

    private LogContext() {}

    /// Does work of a run.
    public static void duringRun(TenantId tenant, String run, String trace, Runnable work) {
        MDC.put(TENANT, tenant.name());
        MDC.put(RUN, run);
        MDC.put(TRACE, trace);
        try {
            work.run();
        } finally {
            MDC.remove(TENANT);
            MDC.remove(RUN);
            MDC.remove(TRACE);
        }
    }

    /// Says something about a request.
    public static void duringRequest(String request, Runnable saying) {
        MDC.put(REQUEST, request);
        try {
            saying.run();
        } finally {
            MDC.remove(REQUEST);
        }
    }
}
