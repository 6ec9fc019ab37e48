package dev.wheelhouse.clients;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.StepContext;
/// What the client wants of the next answer, within what the definition of its agent allows.
///
/// @param isFirst no tool has been called under these options

public record ClientWish(RunOptions options, boolean isFirst) {

    /// The call as the client wants it.
    public ModelCall applied(ModelCall call) {
        if (options.equals(RunOptions.NONE)) {
            return call;
        }
        var offered = options.offered(call.tools(), isFirst);
        return new ModelCall(
                call.tenant(),
                call.alias(),
                call.instructions(),
                call.messages(),
                offered,
                call.schema(),
                isFirst && options.choice().isForced() && !offered.isEmpty(),
                call.temperature() == null ? options.temperature() : call.temperature(),
                options.bound(call.maxOutputTokens()),
                call.budget());
    }

    /// Asks for the answer; its text reaches the watcher as far as it counts.
    public ModelReply ask(Models models, ModelCall call, StepContext context) throws InterruptedException {
        var shown = new StopText(options.stop(), context::delta);
        var watcher = new ModelWatcher() {
            @Override
            public void delta(String text) {
                shown.add(text);
            }

            @Override
            public void reset() {
                shown.clear();
                context.reset();
            }
        };
        var reply = models.call(call, watcher);
        shown.end();
        return oneCall(
                options.stop().isEmpty()
                        ? reply
                        : reply.with(StopText.before(reply.text(), options.stop()), reply.toolCalls()));
    }

    private ModelReply oneCall(ModelReply reply) {
        boolean isTooMany = options.isOneCall() && reply.toolCalls().size() > 1;
        return isTooMany ? reply.with(reply.text(), reply.toolCalls().subList(0, 1)) : reply;
    }
}
