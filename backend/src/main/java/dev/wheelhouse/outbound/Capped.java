package dev.wheelhouse.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The beginning of a stream: ends after so many bytes, whatever follows.
final class Capped extends FilterInputStream {

    private int left;

    Capped(InputStream whole, int most) {
        super(whole);
        left = most;
    }

    @Override
    public int read() throws IOException {
        int read = left > 0 ? super.read() : -1;
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = left > 0 ? super.read(into, from, Math.min(length, left)) : -1;
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(Math.min(bytes, left));
        left -= (int) skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
