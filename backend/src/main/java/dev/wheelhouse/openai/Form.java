package dev.wheelhouse.openai;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;

/// One of OpenAI's forms in which a client is answered.
interface Form {

    /// Writes a reply as it comes.
    Reply stream(Run run, Asked asked, FrameStream stream);

    /// JSON text of a whole reply.
    String whole(Run run, Asked asked, WholeReply reply);
}
