package dev.wheelhouse.models;

import dev.wheelhouse.models.FakeProvider.Reply;
import dev.wheelhouse.models.FakeProvider.Request;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/// The contract over a real socket: a server that understands just the requests of the contract.
abstract class RemoteModelContract extends ModelContract {

    private static final TokenUse USE = new TokenUse(20, 5, 3);

    private static final Pattern RESULT =
            Pattern.compile("tool_result|tool_call_id|tool_name|toolResult|functionResponse");

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
        if (RESULT.matcher(body).find()) {
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
