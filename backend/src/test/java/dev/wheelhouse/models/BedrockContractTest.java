package dev.wheelhouse.models;

class BedrockContractTest extends RemoteModelContract {

    BedrockContractTest() {
        super(FakeWire.BEDROCK);
    }
}
