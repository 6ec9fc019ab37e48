package dev.wheelhouse.rest;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The answer to who started a run, by whatever door: at once, or with its end where `Prefer: wait=n` asks for that.
public final class StartedRun {

    private static final Pattern WAIT = Pattern.compile(
            "(?:^|,)\\s*wait\\s*=\\s*(?:(\\d{1,9})|\"(\\d{1,9})\")\\s*(?=$|[,;])", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_WAIT = 60;

    private StartedRun() {}

    /// Answers with a run that was just started, or with its end for who prefers to wait for that.
    public static HttpResponse<String> answer(Runs runs, Caller caller, Run started, HttpHeaders headers)
            throws InterruptedException {
        var run = started;
        var wait = wait(headers.get("Prefer"));
        if (!wait.isZero() && !run.state().isEnded()) {
            run = runs.await(caller.tenant(), run.id(), wait);
        }
        var response = JsonResponse.created("/api/v1/runs/" + run.id(), RunJson.of(run));
        return wait.isZero() ? response : response.header("Preference-Applied", "wait=" + wait.toSeconds());
    }

    /// What cannot be understood in `Prefer` is to be ignored, says RFC 7240.
    private static Duration wait(@Nullable String prefer) {
        var found = WAIT.matcher(prefer == null ? "" : prefer);
        return Duration.ofSeconds(found.find() ? Math.min(LONGEST_WAIT, seconds(found)) : 0);
    }

    private static int seconds(Matcher found) {
        return Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1));
    }
}
