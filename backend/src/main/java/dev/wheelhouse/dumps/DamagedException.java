package dev.wheelhouse.dumps;

/// What is wrong with a dump, its manifest or a key, in words for whoever restores.
final class DamagedException extends Exception {

    DamagedException(String message) {
        super(message);
    }
}
