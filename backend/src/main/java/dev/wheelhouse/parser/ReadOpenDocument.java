package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads texts, tables and slides of OpenDocument: a page for each sheet and each slide.
final class ReadOpenDocument implements ParserChild.Reader {

    private static final Set<String> OPENS_PAGE = Set.of("page", "table");

    private final int mostPages;

    ReadOpenDocument(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException, XMLStreamException {
        var archive = opened(
                file,
                name -> name.equals("content.xml") || name.equals("mimetype") || name.equals("META-INF/manifest.xml"));
        if (archive.has("META-INF/manifest.xml")
                && new String(archive.part("META-INF/manifest.xml"), StandardCharsets.UTF_8)
                        .contains("encryption-data")) {
            throw new RefusedException("encrypted", "It can be opened with a password only");
        }
        String kind = archive.has("mimetype") ? new String(archive.part("mimetype"), StandardCharsets.US_ASCII) : "";
        boolean isText = kind.contains("opendocument.text");
        var xml = reader(archive.part("content.xml"));
        var walk = new Walk(pages, !isText, mostPages);
        while (xml.hasNext()) {
            walk.next(xml.next(), xml);
        }
        walk.end();
    }

    /// What is stored as it is, with its length behind it, was encrypted: nothing else is written so.
    private static Archive opened(byte[] file, Predicate<String> wanted) throws IOException, RefusedException {
        try {
            return Archive.read(file, wanted);
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).contains("EXT descriptor")) {
                throw new RefusedException("encrypted", "It can be opened with a password only");
            }
            throw e;
        }
    }

    static XMLStreamReader reader(byte[] xml) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    }

    /// Where the reader is, and what it has of the page.
    private static final class Walk {

        private final PageWriter pages;
        private final boolean isPaged;
        private final int mostPages;
        private final StringBuilder page = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        private int count;
        private int cells;

        Walk(PageWriter pages, boolean isPaged, int mostPages) {
            this.pages = pages;
            this.isPaged = isPaged;
            this.mostPages = mostPages;
        }

        void next(int event, XMLStreamReader xml) throws IOException, RefusedException {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> line.append(xml.getText());
                default -> {}
            }
        }

        private void start(XMLStreamReader xml) throws IOException, RefusedException {
            String name = xml.getLocalName();
            if (isPaged && OPENS_PAGE.contains(name) && cells == 0) {
                flush();
            }
            switch (name) {
                case "h" -> line.append("#".repeat(level(xml))).append(' ');
                case "s", "tab", "line-break" -> line.append(' ');
                case "table-row" -> cells = 1;
                default -> {}
            }
        }

        private static int level(XMLStreamReader xml) {
            for (int at = 0; at < xml.getAttributeCount(); at++) {
                if (xml.getAttributeLocalName(at).equals("outline-level")) {
                    String level = xml.getAttributeValue(at);
                    return level.matches("[1-6]") ? Integer.parseInt(level) : 1;
                }
            }
            return 1;
        }

        private void end(String name) {
            switch (name) {
                case "p", "h" -> {
                    if (cells == 0 && !line.toString().isBlank()) {
                        page.append(line.toString().strip()).append("\n\n");
                        line.setLength(0);
                    }
                }
                case "table-cell" -> line.append(" | ");
                case "table-row" -> {
                    cells = 0;
                    String row = line.toString()
                            .replaceAll("\\s+", " ")
                            .replaceAll("( \\|)+ ?$", "")
                            .strip();
                    page.append(row.isEmpty() ? "" : "| " + row + " |\n");
                    line.setLength(0);
                }
                default -> {}
            }
        }

        private void flush() throws IOException, RefusedException {
            if (!page.toString().isBlank()) {
                if (++count > mostPages) {
                    throw new RefusedException("too_many_pages", "It has more than %,d pages".formatted(mostPages));
                }
                pages.page(page.toString());
            }
            page.setLength(0);
        }

        void end() throws IOException, RefusedException {
            page.append(line);
            if (count == 0 || !page.toString().isBlank()) {
                pages.page(page.toString());
            }
        }
    }
}
