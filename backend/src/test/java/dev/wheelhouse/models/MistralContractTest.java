package dev.wheelhouse.models;

class MistralContractTest extends RemoteModelContract {

    MistralContractTest() {
        super(FakeWire.MISTRAL);
    }
}
