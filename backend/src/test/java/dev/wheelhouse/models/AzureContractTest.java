package dev.wheelhouse.models;

class AzureContractTest extends RemoteModelContract {

    AzureContractTest() {
        super(FakeWire.AZURE);
    }
}
