package dev.wheelhouse.providers;

import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;

/// Reads Ollama's lines of JSON, the last of which says `done` and has the counts. A message in them is one of OpenAI's
/// in all but the type of the arguments.
final class OllamaReader implements Wire.Reader {

    private final GatherAnswer into;
    private final OpenAiReader messages;

    OllamaReader(GatherAnswer into) {
        this.into = into;
        this.messages = new OpenAiReader(into);
    }

    @Override
    public boolean knows(Frames.Frame frame) {
        return messages.knows(frame);
    }

    @Override
    public boolean read(Frames.Frame frame) throws TryFailed, Refusal {
        boolean hasEnded = messages.read(frame);
        if (frame.json() == null || !frame.json().path("done").asBoolean(false)) {
            return hasEnded;
        }
        into.finish(into.isFinished() ? GatherAnswer.Finish.NONE : GatherAnswer.Finish.STOP);
        return true;
    }
}
