package dev.wheelhouse.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an experiment needs is not here. It is skipped, which is neither passed nor failed, and says what to install.
final class Missing extends RuntimeException {

    private Missing(String what) {
        super(what);
    }

    /// A program by its name.
    static void unlessProgram(String name, String remedy) {
        boolean isHere = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        unless(isHere, "there is no " + name, remedy);
    }

    static void unlessFile(Path file, String remedy) {
        unless(Files.exists(file), "there is no " + file, remedy);
    }

    /// Who may mount.
    static void unlessRoot() {
        unless("root".equals(System.getProperty("user.name")), "a small disk cannot be mounted", "run it as root");
    }

    /// Root, and a network of our own in which addresses may be made.
    static void unlessOwnNetwork() {
        // Set by scripts/chaos, which makes it.
        boolean isOwn = "yes".equals(System.getenv("CHAOS_ISOLATED"));
        unless(isOwn, "this is not a network namespace of its own", "run it as root, who may make one");
        unlessProgram("ip", "apt-get install iproute2");
        unlessProgram("nft", "apt-get install nftables");
    }

    static void unless(boolean holds, String what, String remedy) {
        if (!holds) {
            throw new Missing(what + ": " + remedy);
        }
    }
}
