package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A replica's own network: one cable to the harness, which itself sits in a network of its own. Cutting off Postgres
/// drops its packets in both directions and tells nobody.
final class Namespace implements AutoCloseable {

    private final String name;
    private final int number;

    Namespace(World world, int number) {
        this.number = number;
        name = "wheelhouse-%d-%d".formatted(ProcessHandle.current().pid(), number);
        remember(world.folder().getParent().resolve("namespaces"));
        run("ip", "netns", "add", name);
        run("ip", "link", "add", "wh" + number, "type", "veth", "peer", "name", "cable", "netns", name);
        run("ip", "address", "add", outside() + "/30", "dev", "wh" + number);
        run("ip", "link", "set", "wh" + number, "up");
        in("ip", "address", "add", inside() + "/30", "dev", "cable");
        in("ip", "link", "set", "cable", "up");
        in("ip", "link", "set", "lo", "up");
    }

    /// `scripts/chaos` removes those of a harness that was killed.
    private void remember(Path list) {
        try {
            Files.writeString(list, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) {
        return Processes.finish(Map.of(), command);
    }

    private String in(String... command) {
        var whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(List.of(command));
        return run(whole.toArray(String[]::new));
    }

    /// Words before a command that is to run in here.
    String[] before() {
        return new String[] {"ip", "netns", "exec", name};
    }

    /// The harness, as the replica sees it.
    String outside() {
        return "10.231.%d.1".formatted(number);
    }

    /// The replica, as the harness sees it.
    String inside() {
        return "10.231.%d.2".formatted(number);
    }

    /// From now on nothing goes to this port and nothing comes from it.
    void cutOff(int port) {
        in("nft", "add table ip cut");
        in("nft", "add chain ip cut out { type filter hook output priority 0 ; }");
        in("nft", "add chain ip cut in { type filter hook input priority 0 ; }");
        in("nft", "add rule ip cut out tcp dport %d counter drop".formatted(port));
        in("nft", "add rule ip cut in tcp sport %d counter drop".formatted(port));
    }

    /// Everything goes again; says how many packets were dropped.
    long heal() {
        String rules = in("nft", "list table ip cut");
        in("nft", "delete table ip cut");
        return java.util.regex.Pattern.compile("counter packets (\\d+)")
                .matcher(rules)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Override
    public void close() {
        try {
            run("ip", "netns", "delete", name);
        } catch (IllegalStateException e) {
            // It is gone already.
        }
    }
}
