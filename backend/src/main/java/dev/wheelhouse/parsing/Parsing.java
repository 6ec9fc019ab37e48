package dev.wheelhouse.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// The front door: bytes in, pages out.
@jakarta.inject.Singleton
public final class Parsing {

    /// How much of a file its format is told by.
    private static final int START = 64 * 1024;

    /// Text is read in the server's own memory.
    private static final int MOST_TEXT_BYTES = 16 << 20;

    static final int LONGEST_TEXT = 5_000_000;

    private final CagedParser caged;

    Parsing(CagedParser caged) {
        this.caged = caged;
    }

    /// What a sender says of a file.
    ///
    /// @param name with its ending; empty for none
    /// @param mediaType as declared; empty for none
    public record Declared(String name, String mediaType) {}

    /// Reads a file to its end. What it is the bytes say.
    public Parsed read(InputStream bytes, Declared declared)
            throws UnreadableException, IOException, InterruptedException {
        byte[] start = bytes.readNBytes(START);
        if (start.length == 0) {
            throw new UnreadableException(Reason.NO_TEXT, "The file is empty");
        }
        var format = Format.of(start, declared.name(), declared.mediaType());
        var whole = new SequenceInputStream(new java.io.ByteArrayInputStream(start), bytes);
        return bounded(read(format, whole, declared)).checked();
    }

    private Parsed read(Format format, InputStream whole, Declared declared)
            throws UnreadableException, IOException, InterruptedException {
        return switch (format) {
            case TEXT, MARKDOWN -> ReadText.plain(all(whole), format.mediaType());
            case HTML -> ReadText.html(all(whole), declared.mediaType());
            case PDF, DOCX, PPTX, XLSX, OPEN_DOCUMENT, EPUB, EMAIL, OLD_OFFICE -> caged.read(format, whole);
            case PICTURE -> throw new UnreadableException(Reason.NO_TEXT, "This is a picture");
            case XML, RTF, ZIP, BINARY ->
                throw new UnreadableException(Reason.UNSUPPORTED_TYPE, "This is " + format.mediaType());
        };
    }

    private static byte[] all(InputStream whole) throws IOException, UnreadableException {
        byte[] all = whole.readNBytes(MOST_TEXT_BYTES + 1);
        if (all.length > MOST_TEXT_BYTES) {
            throw new UnreadableException(
                    Reason.TEXT_TOO_LONG, "Text of more than %,d bytes".formatted(MOST_TEXT_BYTES));
        }
        return all;
    }

    private static Parsed bounded(Parsed parsed) throws UnreadableException {
        long length = parsed.pages().stream().mapToLong(String::length).sum();
        if (length > LONGEST_TEXT) {
            throw new UnreadableException(
                    Reason.TEXT_TOO_LONG, "It has %,d characters of at most %,d".formatted(length, LONGEST_TEXT));
        }
        return parsed;
    }
}
