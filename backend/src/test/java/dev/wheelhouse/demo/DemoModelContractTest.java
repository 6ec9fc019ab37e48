package dev.wheelhouse.demo;

import dev.wheelhouse.models.ModelContract;
import dev.wheelhouse.models.Models;

class DemoModelContractTest extends ModelContract {

    @Override
    protected Models models() {
        return Demo.models();
    }
}
