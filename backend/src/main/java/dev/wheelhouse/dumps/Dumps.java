package dev.wheelhouse.dumps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Encrypts dumps for whoever holds a key, and opens them again.
public final class Dumps {

    private static final String KIND = ".dump";
    private static final String SEALED = ".age";
    private static final String PART = ".part";

    private final Map<String, String> environment;

    Dumps(Map<String, String> environment) {
        this.environment = environment;
    }

    /// `seal FROM TO` encrypts each dump of a folder for AGE_RECIPIENTS; `open FROM TO` opens the one that
    /// DUMP names, or the newest, with the key in AGE_IDENTITY_FILE; `key` draws a key and prints it.
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var dumps = new Dumps(System.getenv());
        try {
            switch (arguments.length == 0 ? "" : String.join(" ", arguments[0], "" + arguments.length)) {
                case "seal 3" ->
                    dumps.seal(Path.of(arguments[1]), Path.of(arguments[2])).forEach(Dumps::say);
                case "open 3" ->
                    dumps.open(Path.of(arguments[1]), Path.of(arguments[2])).forEach(Dumps::say);
                case "key 1" -> say(drawn());
                default -> throw new DamagedException("use seal FROM TO, open FROM TO, or key");
            }
        } catch (DamagedException e) {
            System.err.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String drawn() throws GeneralSecurityException {
        var key = Key.draw();
        return "# public key: %s\n%s".formatted(key.publicText(), key.secretText());
    }

    /// The plain dump goes when the other is whole.
    List<String> seal(Path from, Path to) throws IOException, GeneralSecurityException, DamagedException {
        var readers = Key.recipients(environment.getOrDefault("AGE_RECIPIENTS", ""));
        var plain = names(from, KIND);
        if (plain.isEmpty()) {
            throw new DamagedException("there is no dump to encrypt in " + from);
        }
        Files.createDirectories(to);
        for (String name : plain) {
            seal(from, to, name, readers);
        }
        return plain.stream()
                .map(name -> "SEALED: %s for %d keys".formatted(name + SEALED, readers.size()))
                .toList();
    }

    private static void seal(Path from, Path to, String name, List<Key> readers)
            throws IOException, GeneralSecurityException, DamagedException {
        try {
            var manifest = Manifest.beside(from, name);
            var part = to.resolve(name + SEALED + PART);
            var sum = MessageDigest.getInstance("SHA-256");
            try (InputStream in = Files.newInputStream(from.resolve(name));
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(part), sum)) {
                Payload.encrypt(in, out, readers);
            }
            Files.move(part, to.resolve(name + SEALED), StandardCopyOption.REPLACE_EXISTING);
            // Last, because a dump without one counts as none.
            var text = String.join("\n", manifest.lines())
                    + "\nsealed-bytes %d\nsealed-sha256 %s\nsealed-for %s\n"
                            .formatted(
                                    Files.size(to.resolve(name + SEALED)),
                                    HexFormat.of().formatHex(sum.digest()),
                                    String.join(
                                            " ",
                                            readers.stream()
                                                    .map(Key::publicText)
                                                    .toList()));
            Files.writeString(to.resolve(name + Manifest.END), text);
            Files.delete(from.resolve(name));
        } catch (DamagedException e) {
            throw new DamagedException("\"%s\" cannot be encrypted: %s".formatted(name, e.getMessage()));
        }
    }

    List<String> open(Path from, Path to) throws IOException, GeneralSecurityException, DamagedException {
        String wanted = environment.getOrDefault("DUMP", "newest");
        var all = names(from, KIND + SEALED);
        if (wanted.equals("list")) {
            return all;
        }
        String newest = all.isEmpty() ? "" : all.getFirst();
        String sealed = wanted.equals("newest") ? newest : wanted.endsWith(SEALED) ? wanted : wanted + SEALED;
        if (!all.contains(sealed)) {
            throw new DamagedException(
                    "there is no dump \"%s\" among the encrypted ones: DUMP=list prints those that are"
                            .formatted(wanted));
        }
        String name = sealed.substring(0, sealed.length() - SEALED.length());
        var part = to.resolve(name + PART);
        try {
            Files.createDirectories(to);
            open(from, part, name);
            Files.copy(
                    from.resolve(name + Manifest.END),
                    to.resolve(name + Manifest.END),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (DamagedException e) {
            throw new DamagedException("\"%s\" cannot be opened: %s".formatted(sealed, e.getMessage()));
        } finally {
            Files.deleteIfExists(part);
        }
        return List.of("OPENED: " + sealed);
    }

    private void open(Path from, Path part, String name)
            throws IOException, GeneralSecurityException, DamagedException {
        var manifest = Manifest.beside(from, name);
        var sealed = from.resolve(name + SEALED);
        manifest.check(sealed, name);
        var sum = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(sealed), sum);
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Payload.decrypt(in, out, identities());
        }
        if (!HexFormat.of().formatHex(sum.digest()).equals(manifest.said("sealed-sha256"))) {
            throw new DamagedException("its bytes have changed (sha256)");
        }
    }

    private List<Key> identities() throws IOException, GeneralSecurityException, DamagedException {
        var file = Path.of(environment.getOrDefault("AGE_IDENTITY_FILE", ""));
        if (!Files.isRegularFile(file)) {
            throw new DamagedException("AGE_IDENTITY_FILE names no file with the secret key: \"%s\"".formatted(file));
        }
        return Key.identities(Files.readString(file));
    }

    /// Newest first: their names are their times.
    private static List<String> names(Path folder, String end) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("wheelhouse-") && name.endsWith(end))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
