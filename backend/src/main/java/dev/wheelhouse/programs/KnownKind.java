package dev.wheelhouse.programs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.NewRun;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// A run of a kind that this replica does not know would wait for one that does; what a kind knows against a run is
/// up to the kind.
@Singleton
final class KnownKind implements AdmissionCheck {

    private final Programs programs;

    KnownKind(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "kind";
    }

    @Override
    public @Nullable Problem refusal(NewRun wanted) {
        try {
            return programs.of(wanted.program()).refusal(wanted);
        } catch (Problem unknown) {
            return unknown;
        }
    }
}
