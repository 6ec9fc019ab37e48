package dev.wheelhouse.models;

class AnthropicContractTest extends RemoteModelContract {

    AnthropicContractTest() {
        super(FakeWire.ANTHROPIC);
    }
}
