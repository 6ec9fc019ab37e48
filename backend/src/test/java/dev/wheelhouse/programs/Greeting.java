package dev.wheelhouse.programs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import org.jspecify.annotations.Nullable;

/// A kind of program without a step.
final class Greeting implements ProgramKind {

    @Override
    public String kind() {
        return "greeting";
    }

    @Override
    public Program load(Run run) {
        return history -> new Next.Succeed("Hello, " + run.program().name());
    }

    @Override
    public Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision) {
        return new Program.Pin(kind(), name, 1);
    }
}
