package dev.wheelhouse.parser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Reads EPUB: a page for each file of the book, in the order of reading.
final class ReadBook implements ParserChild.Reader {

    private static final String CONTAINER = "META-INF/container.xml";

    private final int mostPages;

    ReadBook(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException, XMLStreamException {
        var archive = Archive.read(file, name -> name.matches("(?i).*\\.(opf|x?html?|xml)"));
        String opf = attribute(archive.part(CONTAINER), "rootfile", "full-path");
        String folder = opf.contains("/") ? opf.substring(0, opf.lastIndexOf('/') + 1) : "";
        var items = new HashMap<String, String>();
        var spine = new java.util.ArrayList<String>();
        var xml = ReadOpenDocument.reader(archive.part(opf));
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "title" -> pages.title(xml.getElementText());
                    case "item" ->
                        items.put(
                                String.valueOf(xml.getAttributeValue(null, "id")),
                                String.valueOf(xml.getAttributeValue(null, "href")));
                    case "itemref" -> spine.add(String.valueOf(xml.getAttributeValue(null, "idref")));
                    default -> {}
                }
            }
        }
        write(archive, folder, items, spine, pages);
    }

    private void write(
            Archive archive, String folder, Map<String, String> items, java.util.List<String> spine, PageWriter pages)
            throws IOException, RefusedException {
        int count = 0;
        for (String id : spine) {
            String name = folder + items.getOrDefault(id, "");
            if (archive.has(name)) {
                if (++count > mostPages) {
                    throw new RefusedException("too_many_pages", "It has more than %,d files".formatted(mostPages));
                }
                pages.page(text(new String(archive.part(name), StandardCharsets.UTF_8)));
            }
        }
    }

    private static String attribute(byte[] part, String element, String name)
            throws XMLStreamException, RefusedException {
        var xml = ReadOpenDocument.reader(part);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals(element)) {
                return String.valueOf(xml.getAttributeValue(null, name));
            }
        }
        throw new RefusedException("damaged", "It does not say where it begins");
    }

    /// What a reader of a page sees: blocks apart, headings marked.
    static String text(String html) {
        Document document = Jsoup.parse(html);
        document.select("script,style,noscript,template,head,[hidden]").remove();
        var text = new StringBuilder();
        for (Element block : document.select("h1,h2,h3,h4,h5,h6,p,li,td,th,pre,blockquote,div,body")) {
            String own = block.is("div,body,blockquote") ? block.ownText() : block.text();
            if (!own.isBlank() && block.parents().stream().noneMatch(above -> above.is("p,li,td,th,pre"))) {
                boolean isHeading = block.normalName().matches("h[1-6]");
                text.append(isHeading ? "#".repeat(block.normalName().charAt(1) - '0') + " " : "")
                        .append(own.strip())
                        .append("\n\n");
            }
        }
        return text.toString();
    }

    static void warm() throws XMLStreamException {
        text("<p>x</p>");
        ReadOpenDocument.reader("<x/>".getBytes(StandardCharsets.UTF_8)).next();
    }
}
