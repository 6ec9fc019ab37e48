package dev.wheelhouse.models;

class OllamaContractTest extends RemoteModelContract {

    OllamaContractTest() {
        super(FakeWire.OLLAMA);
    }
}
