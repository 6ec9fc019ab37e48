package dev.wheelhouse.openai;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;
import java.util.List;

/// What a client gets for one request, in the order in which it comes: text, then calls if there are any, then the end
/// or a failure. Called from one thread at a time.
interface Reply {

    /// More of the content.
    void text(String added);

    /// The calls that the client is to execute.
    void calls(List<Call> calls);

    /// Nothing follows.
    void end(Ending ending);

    /// Nothing follows, and what there is is not the whole.
    void fail(Unanswered why);

    /// @param arguments as the model wrote them
    record Call(Place place, String tool, String arguments) {
        String id() {
            return place.id(Place.CALL);
        }
    }

    /// Why an answer ends.
    enum Finish {
        STOP("stop"),
        LENGTH("length"),
        TOOL_CALLS("tool_calls");

        private final String word;

        Finish(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// @param input tokens of this reply, those from a cache included
    record Ending(Finish finish, long input, long cached, long output) {}

    /// One of OpenAI's forms in which a client is answered.
    interface Form {

        /// Writes a reply as it comes.
        Reply stream(Run run, Asked asked, FrameStream stream);

        /// JSON text of a whole reply.
        String whole(Run run, Asked asked, WholeReply reply);
    }
}
