package dev.wheelhouse.models;

class GeminiContractTest extends RemoteModelContract {

    GeminiContractTest() {
        super(FakeWire.GEMINI);
    }
}
