package dev.wheelhouse.parser;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes what was read: a letter for the kind, the number of bytes, the bytes.
final class PageWriter {

    static final int MOST_TEXT = 5_000_000;

    private final DataOutputStream out;
    private long text;

    PageWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    void page(String page) throws IOException, RefusedException {
        text += page.length();
        if (text > MOST_TEXT) {
            throw new RefusedException("text_too_long", "It has more than %,d characters".formatted(MOST_TEXT));
        }
        write('p', page.replace("\u00AD", "").replace('\u00A0', ' '));
        out.flush();
    }

    void title(String title) throws IOException {
        write('t', title);
    }

    void warning(String word) throws IOException {
        write('w', word);
    }

    void refused(String code, String detail) throws IOException {
        write('e', code + "\n" + detail);
    }

    /// Without it, the rest is missing.
    void end() throws IOException {
        write('z', "");
        out.flush();
    }

    private void write(char kind, String what) throws IOException {
        byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
