package dev.wheelhouse.models;

class VertexContractTest extends RemoteModelContract {

    VertexContractTest() {
        super(FakeWire.VERTEX);
    }
}
