package dev.wheelhouse.programs;

import dev.wheelhouse.runs.Runs;
import java.util.function.Supplier;

class CountingContractTest extends ProgramContract {

    @Override
    protected ProgramKind plugIn(String url, Supplier<Runs> runs) {
        return new Counting();
    }

    @Override
    protected String name() {
        return "to-three";
    }

    @Override
    protected String input() {
        return "[]";
    }
}
