package dev.wheelhouse.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.text.PDFTextStripper;

/// Reads PDF: the text of each page, its notes, and the values of forms.
final class ReadPdf implements ParserChild.Reader {

    private final int mostPages;

    ReadPdf(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException {
        try (var document = Loader.loadPDF(file)) {
            int count = document.getNumberOfPages();
            if (count > mostPages) {
                throw new RefusedException(
                        "too_many_pages", "It has %,d pages of at most %,d".formatted(count, mostPages));
            }
            var information = document.getDocumentInformation();
            if (information != null && information.getTitle() != null) {
                pages.title(information.getTitle());
            }
            String form = form(document);
            var stripper = new PDFTextStripper();
            for (int page = 1; page <= count; page++) {
                String notes = notes(document, page);
                pages.page(text(stripper, document, page, pages) + notes + (page == 1 ? form : ""));
            }
        } catch (InvalidPasswordException e) {
            throw new RefusedException("encrypted", "It can be opened with a password only");
        }
    }

    /// A damaged page does not take the others with it.
    private static String text(PDFTextStripper stripper, PDDocument document, int page, PageWriter pages)
            throws IOException {
        try {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            // A word that was parted at the end of a line is one word.
            return stripper.getText(document).replaceAll("(\\p{L})-\\R(\\p{Ll})", "$1$2");
        } catch (IOException | RuntimeException e) {
            pages.warning("damaged_pages");
            return "";
        }
    }

    private static String notes(PDDocument document, int page) {
        var notes = new StringBuilder();
        try {
            for (var note : document.getPage(page - 1).getAnnotations()) {
                if (note.getContents() != null && !note.getContents().isBlank()) {
                    notes.append('\n').append(note.getContents().strip()).append('\n');
                }
            }
        } catch (IOException | RuntimeException e) {
            return "";
        }
        return notes.toString();
    }

    private static String form(PDDocument document) {
        var values = new StringBuilder();
        try {
            var form = document.getDocumentCatalog().getAcroForm();
            if (form != null) {
                for (PDField field : form.getFieldTree()) {
                    String value = field.getValueAsString();
                    if (value != null && !value.isBlank()) {
                        values.append('\n')
                                .append(field.getPartialName())
                                .append(": ")
                                .append(value);
                    }
                }
            }
        } catch (RuntimeException e) {
            return "";
        }
        return values.toString();
    }

    static void warm() throws IOException, GeneralSecurityException {
        // What a file with a password takes.
        MessageDigest.getInstance("MD5");
        MessageDigest.getInstance("SHA-256");
        MessageDigest.getInstance("SHA-384");
        Cipher.getInstance("AES/CBC/NoPadding");
        var bytes = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.showText("x");
                content.endText();
            }
            document.save(bytes);
        }
        try (var document = Loader.loadPDF(bytes.toByteArray())) {
            new PDFTextStripper().getText(document);
        }
    }
}
