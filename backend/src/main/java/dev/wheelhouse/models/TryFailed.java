package dev.wheelhouse.models;

import dev.wheelhouse.base.Text;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One try brought no answer. Kept away from callers: they see a [ModelException] when nothing is left to try.
public final class TryFailed extends Exception {

    /// What may help after a failure.
    public enum Remedy {
        /// The same target may answer if it is asked again.
        RETRY,
        /// This target will go on refusing this call; another one may not.
        OTHER_TARGET,
        /// No target should be asked again.
        NONE
    }

    private final String code;
    private final @Nullable String hint;
    private final Remedy remedy;
    private final @Nullable Duration retryAfter;

    TryFailed(String code, String sentence, @Nullable String hint, Remedy remedy, @Nullable Duration retryAfter) {
        super(sentence, null, false, false);
        this.code = code;
        this.hint = hint;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    public TryFailed(String code, String sentence, @Nullable String hint, Remedy remedy) {
        this(code, sentence, hint, remedy, null);
    }

    /// What went wrong between us and a provider, and whether asking again may help.
    static TryFailed of(String place, Throwable cause) {
        return switch (root(cause)) {
            case Refusal refusal -> refused(place, refusal);
            case SpeakHttp.NoStream page ->
                new TryFailed(
                        "bad_answer",
                        "%s sent something other than a stream of events: %s".formatted(place, start(page)),
                        "Check the address of the model server",
                        Remedy.RETRY);
            case ConnectException _, HttpTimeoutException _ -> unreachable(place, "no connection");
            case java.nio.channels.UnresolvedAddressException _ -> unreachable(place, "unknown host");
            case IOException e ->
                new TryFailed(
                        "stream_cut", "%s broke the connection (%s)".formatted(place, start(e)), null, Remedy.RETRY);
            case Throwable e ->
                new TryFailed(
                        "bad_answer",
                        "%s sent an unreadable answer (%s)".formatted(place, start(e)),
                        null,
                        Remedy.RETRY);
        };
    }

    private static TryFailed refused(String place, Refusal refusal) {
        int status = refusal.statusCode();
        String sentence = "%s refused with %d: %s".formatted(place, status, refusal.reason());
        return switch (status) {
            case 401, 403 -> new TryFailed("refused", sentence, "Check the key of this provider", Remedy.OTHER_TARGET);
            case 404 ->
                new TryFailed("refused", sentence, "Check the model's name and the address", Remedy.OTHER_TARGET);
            case 429 ->
                new TryFailed(
                        "rate_limited",
                        sentence,
                        "Try again later, or add a target to the alias",
                        Remedy.RETRY,
                        refusal.retryAfter());
            case 408, 409, 425 -> new TryFailed("provider_error", sentence, null, Remedy.RETRY, refusal.retryAfter());
            default ->
                status >= 500
                        ? new TryFailed("provider_error", sentence, null, Remedy.RETRY, refusal.retryAfter())
                        : new TryFailed("refused", sentence, null, Remedy.OTHER_TARGET);
        };
    }

    private static TryFailed unreachable(String place, String why) {
        return new TryFailed(
                "unreachable",
                "%s cannot be reached: %s".formatted(place, why),
                "Check that the model server runs and that its address is right",
                Remedy.RETRY);
    }

    /// The innermost cause, or the refusal on the way to it.
    private static Throwable root(Throwable error) {
        Throwable cause = error;
        while (!(cause instanceof Refusal) && inner(cause) != null) {
            cause = inner(cause);
        }
        return cause;
    }

    /// A refused connection has an inner cause of another type that would hide it.
    private static @Nullable Throwable inner(Throwable error) {
        boolean saysItAll = error instanceof ConnectException || error instanceof HttpTimeoutException;
        return saysItAll && !(error.getCause() instanceof java.nio.channels.UnresolvedAddressException)
                ? null
                : error.getCause();
    }

    private static String start(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return Text.shorten(message.strip().replaceAll("\\s+", " "), 200);
    }

    String code() {
        return code;
    }

    Remedy remedy() {
        return remedy;
    }

    /// How long the provider wants to be left alone.
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    ModelException asModelException(boolean retryable) {
        return new ModelException(code, String.valueOf(getMessage()), hint, retryable);
    }
}
