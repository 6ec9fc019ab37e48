package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;

/// Reads DOCX: headings, paragraphs, tables, text boxes, footnotes, comments.
final class ReadWord implements ParserChild.Reader {

    private static final String BOXES =
            "declare namespace w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' .//w:txbxContent//w:t";

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException {
        try (var document = new XWPFDocument(new ByteArrayInputStream(file))) {
            String title = document.getProperties().getCoreProperties().getTitle();
            if (title != null) {
                pages.title(title);
            }
            var text = new StringBuilder();
            document.getHeaderList().forEach(header -> line(text, header.getText()));
            add(text, document.getBodyElements());
            document.getFootnotes().forEach(note -> add(text, note.getBodyElements()));
            document.getEndnotes().forEach(note -> add(text, note.getBodyElements()));
            if (document.getDocComments() != null) {
                document.getDocComments().getComments().forEach(comment -> line(text, comment.getText()));
            }
            document.getFooterList().forEach(footer -> line(text, footer.getText()));
            pages.page(text.toString());
        }
    }

    private static void add(StringBuilder text, List<IBodyElement> elements) {
        for (var element : elements) {
            if (element instanceof XWPFParagraph paragraph) {
                add(text, paragraph);
            } else if (element instanceof XWPFTable table) {
                add(text, table);
            }
        }
    }

    private static void add(StringBuilder text, XWPFParagraph paragraph) {
        String said = paragraph.getText();
        int level = level(paragraph);
        line(text, level > 0 && !said.isBlank() ? "#".repeat(level) + " " + said.strip() : said);
        var boxes = new StringBuilder();
        for (var part : paragraph.getCTP().selectPath(BOXES)) {
            boxes.append(part.newCursor().getTextValue());
        }
        if (!boxes.isEmpty() && !said.contains(boxes)) {
            line(text, boxes.toString());
        }
    }

    private static int level(XWPFParagraph paragraph) {
        String style =
                paragraph.getStyleID() == null ? "" : paragraph.getStyleID().toLowerCase(Locale.ROOT);
        if (style.equals("title")) {
            return 1;
        }
        return style.matches("(heading|berschrift|titre)[1-6]") ? style.charAt(style.length() - 1) - '0' : 0;
    }

    private static void add(StringBuilder text, XWPFTable table) {
        for (var row : table.getRows()) {
            var cells = row.getTableCells().stream()
                    .map(XWPFTableCell::getText)
                    .map(cell -> cell.replaceAll("\\s+", " ").strip())
                    .toList();
            line(text, "| " + String.join(" | ", cells) + " |");
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, String said) {
        if (said != null && !said.isBlank()) {
            boolean isRow = said.startsWith("| ");
            text.append(said.strip()).append(isRow ? "\n" : "\n\n");
        }
    }

    static void warm() throws IOException {
        try (var document = new XWPFDocument()) {
            document.createParagraph().createRun().setText("x");
            document.createTable(1, 1);
            add(new StringBuilder(), document.getBodyElements());
            var bytes = new java.io.ByteArrayOutputStream();
            document.write(bytes);
            try (var again = new XWPFDocument(new ByteArrayInputStream(bytes.toByteArray()))) {
                add(new StringBuilder(), again.getBodyElements());
            }
        }
    }
}
