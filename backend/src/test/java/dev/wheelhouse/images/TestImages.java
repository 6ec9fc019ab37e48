package dev.wheelhouse.images;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import java.util.Base64;

/// Pictures, and where they are kept, for tests of other packages.
public final class TestImages {

    /// One red pixel.
    public static final String PNG = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    private TestImages() {}

    public static Images of(Database database) {
        return of(database, 0);
    }

    /// @param days for which one is kept that nobody shows, 0 for ever
    static Images of(Database database, int days) {
        return new Images(database, TestDatabases.bean(database, ImageRepository.class), new ImagesConfig(days));
    }

    /// A data: URL of something that looks like a PNG of so many bytes.
    public static String png(int bytes, int seed) {
        var content = new byte[bytes];
        new java.util.Random(seed).nextBytes(content);
        byte[] start = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        System.arraycopy(start, 0, content, 0, start.length);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(content);
    }
}
