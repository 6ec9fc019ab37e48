package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.outbound.Streaming;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A protocol that model servers speak: how a question is written, and what the frames of an answer mean.
interface Wire {

    /// Where its API usually is, without a slash at its end; null where nobody has said so.
    @Nullable
    String home(Opening opening);

    /// Where a question goes.
    ///
    /// @param base as people write it: the server, the API or the whole address, without a slash at its end
    ///     and a query
    /// @param streams whether the answer shall come in pieces
    String address(TargetConfig target, String base, boolean streams);

    /// Headers that every request has, beside what shows who asks.
    default Map<String, String> headers() {
        return Map.of();
    }

    /// What shows the server who asks.
    Credentials credentials(Opening opening, Streaming streaming, InstantSource clock);

    /// Its key, of the variables that usually hold it; null without one.
    ///
    /// @param usual the variable that holds it alone
    default @Nullable String usualKey(Function<String, @Nullable String> variables, String usual) {
        return variables.apply(usual);
    }

    /// Whether a target cannot be asked without a key. Servers of one's own often can.
    default boolean needsKey(TargetConfig target) {
        return target.url() == null;
    }

    /// What to do where there is no [#home].
    default String addressHint() {
        return "Write https://host/v1";
    }

    /// What is wrong with a target that only this protocol can tell.
    default List<Problem.Mistake> check(String path, Opening opening) {
        return List.of();
    }

    /// Keys of a target that mean nothing here.
    default Set<String> meaningless() {
        return Set.of("region", "keep-alive");
    }

    /// What no server of this protocol takes.
    default Set<Adaptation> assumed() {
        return Set.of();
    }

    /// The body of a request.
    ///
    /// @param call with a schema only where the server takes it
    /// @param names the tools' names as they are sent
    /// @param source whose kept thoughts may go back
    /// @param without what this server has refused before
    ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adaptation> without);

    Reader reader(GatherAnswer into);

    /// Reads one answer, frame by frame.
    @FunctionalInterface
    interface Reader {

        /// True where the answer is complete and nothing that follows matters.
        boolean read(Frames.Frame frame) throws TryFailed, Refusal;

        /// Whether JSON is of this protocol, well written or not; a stream of nothing else is of another one.
        default boolean knows(Frames.Frame frame) {
            return true;
        }
    }
}
