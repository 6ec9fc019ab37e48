package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Tells a file of Office with a password from one of an old format; neither is read.
final class ReadOldOffice implements ParserChild.Reader {

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException {
        try (var system = new POIFSFileSystem(new ByteArrayInputStream(file))) {
            if (system.getRoot().hasEntryCaseInsensitive("EncryptedPackage")) {
                throw new RefusedException("encrypted", "It can be opened with a password only");
            }
        }
        throw new RefusedException(
                "unsupported_type", "This is an old format of Office: save it as DOCX, PPTX or XLSX");
    }

    static void warm() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var system = new POIFSFileSystem()) {
            system.createDocument(new ByteArrayInputStream(new byte[1]), "x");
            system.writeFilesystem(bytes);
        }
        try (var system = new POIFSFileSystem(new ByteArrayInputStream(bytes.toByteArray()))) {
            system.getRoot().hasEntryCaseInsensitive("x");
        }
    }
}
