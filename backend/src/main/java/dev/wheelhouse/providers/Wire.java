package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TryFailed;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A protocol that model servers speak: how a question is written, and what the frames of an answer mean.
interface Wire {

    /// Where the API of the company is that made the protocol, without a slash at its end.
    String home();

    /// What the address of a question ends with, such as `/chat/completions`.
    String path();

    /// Headers that every request has, the key among them if there is one.
    Map<String, String> headers(@Nullable String key);

    /// The body of a request.
    ///
    /// @param call with a schema only where the server takes it
    /// @param names the tools' names as they are sent
    /// @param source whose kept thoughts may go back
    /// @param without what this server has refused before
    ObjectNode write(Opening opening, ModelCall call, FitNames names, String source, Set<Adapt> without);

    Reader reader(GatherAnswer into);

    /// Reads one answer, frame by frame.
    @FunctionalInterface
    interface Reader {

        /// True where the answer is complete and nothing that follows matters.
        boolean read(Frames.Frame frame) throws TryFailed, Refusal;
    }
}
