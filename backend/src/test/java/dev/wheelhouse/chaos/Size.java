package dev.wheelhouse.chaos;

/// How much of an experiment is done: the bar's own figures, or a form of a minute that shows whether it works.
enum Size {
    SMALL,
    FULL;

    int of(int small, int full) {
        return this == SMALL ? small : full;
    }
}
