package dev.wheelhouse.models;

class OpenAiContractTest extends RemoteModelContract {

    OpenAiContractTest() {
        super(FakeWire.OPENAI);
    }
}
