package dev.wheelhouse.parsing;

import java.time.Duration;

/// Reads files in tests of other packages.
public final class TestParsing {

    private TestParsing() {}

    public static Parsing usual() {
        return new Parsing(new CagedParser(new ParserConfig(null, "160m", Duration.ofSeconds(20), 2_000, 1)));
    }
}
