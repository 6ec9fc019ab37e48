package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipInputStream;

/// The parts of a packed file that are wanted, within bounds: what unpacks to more is refused before it is
/// unpacked.
final class Archive {

    private static final int MOST_BYTES = 40 << 20;
    private static final int MOST_ENTRIES = 10_000;

    private final Map<String, byte[]> parts = new HashMap<>();

    static Archive read(byte[] file, Predicate<String> wanted) throws IOException, RefusedException {
        var archive = new Archive();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            int left = MOST_BYTES;
            int entries = 0;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new RefusedException("too_large", "It has more than %,d parts".formatted(MOST_ENTRIES));
                }
                byte[] bytes = bounded(zip, left);
                left -= bytes.length;
                if (wanted.test(entry.getName())) {
                    archive.parts.put(entry.getName(), bytes);
                }
            }
        }
        if (archive.parts.isEmpty()) {
            throw new RefusedException("damaged", "None of its parts can be read");
        }
        return archive;
    }

    private static byte[] bounded(InputStream in, int most) throws IOException, RefusedException {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new RefusedException("too_large", "It unpacks to more than %,d bytes".formatted(MOST_BYTES));
        }
        return bytes;
    }

    byte[] part(String name) throws RefusedException {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new RefusedException("damaged", "It has no part " + name);
        }
        return part;
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    Set<String> names() {
        return parts.keySet();
    }
}
