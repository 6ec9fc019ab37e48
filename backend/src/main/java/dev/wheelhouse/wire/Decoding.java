package dev.wheelhouse.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Undoes the content coding of a body, up to the size that a body may have.
final class Decoding {

    private Decoding() {}

    /// Null where it would be longer than `most`.
    static byte @Nullable [] decoded(byte[] body, String coding, int most) {
        if (coding.isEmpty()) {
            return body;
        }
        boolean isGzip = coding.equals("gzip") || coding.equals("x-gzip");
        if (!isGzip && !coding.equals("deflate")) {
            throw new Refused(Fault.CONTENT_CODING);
        }
        if (body.length == 0) {
            return body;
        }
        try (InputStream plain = isGzip ? new GZIPInputStream(new ByteArrayInputStream(body)) : deflate(body)) {
            byte[] decoded = plain.readNBytes(most + 1);
            return decoded.length > most ? null : decoded;
        } catch (IOException e) {
            throw new Refused(Fault.CONTENT);
        }
    }

    /// Many a client leaves the wrapper of zlib out, and always has.
    private static InputStream deflate(byte[] body) {
        boolean isWrapped =
                (body[0] & 0x0F) == 8 && body.length > 1 && ((body[0] & 0xFF) << 8 | body[1] & 0xFF) % 31 == 0;
        return new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(!isWrapped));
    }
}
