package dev.wheelhouse.models;

import dev.wheelhouse.models.FakeProvider.Reply;
import dev.wheelhouse.models.FakeProvider.Request;
import org.junit.jupiter.api.AfterEach;

/// The contract over a real socket: a server that understands just the requests of the contract.
abstract class RemoteModelContract extends ModelContract {

    private static final TokenUse USE = new TokenUse(20, 5, 3);

    private final FakeWire wire;
    private final FakeProvider provider = new FakeProvider();

    RemoteModelContract(FakeWire wire) {
        this.wire = wire;
        provider.always(this::answer);
    }

    @Override
    protected Models models() {
        return new TestModels().of(TestModels.config(TestModels.target(wire, provider)));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Reply answer(Request request) {
        String body = request.body().toString();
        if (body.contains("be slow")) {
            return FakeReplies.silence(wire.begun("Well "));
        }
        if (body.contains("tool_result") || body.contains("tool_call_id")) {
            return FakeReplies.stream(wire.text(USE, "Both ", "say ", "42"));
        }
        return FakeReplies.stream(
                body.contains("at once")
                        ? wire.toolCalls(
                                USE,
                                new ToolRequest("1", "clock", "{}"),
                                new ToolRequest("2", "calculator", "{\"expression\":\"6 * 7\"}"))
                        : wire.text(USE, "one ", "two ", "three"));
    }
}
