package dev.wheelhouse.models;

class DemoModelContractTest extends ModelContract {

    @Override
    Models models() {
        return Models.demo();
    }
}
