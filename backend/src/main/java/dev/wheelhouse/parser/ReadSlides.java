package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFGroupShape;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTextShape;

/// Reads PPTX: a page for each slide, its notes behind it.
final class ReadSlides implements ParserChild.Reader {

    private final int mostPages;

    ReadSlides(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException {
        try (var show = new XMLSlideShow(new ByteArrayInputStream(file))) {
            if (show.getSlides().size() > mostPages) {
                throw new RefusedException(
                        "too_many_pages",
                        "It has %,d slides".formatted(show.getSlides().size()));
            }
            for (var slide : show.getSlides()) {
                var text = new StringBuilder();
                slide.getShapes().forEach(shape -> add(text, shape));
                if (slide.getNotes() != null) {
                    slide.getNotes().getShapes().forEach(shape -> add(text, shape));
                }
                pages.page(text.toString());
            }
        }
    }

    private static void add(StringBuilder text, XSLFShape shape) {
        if (shape instanceof XSLFTextShape said
                && said.getText() != null
                && !said.getText().isBlank()) {
            boolean isTitle = said.getTextType() != null
                    && said.getTextType().name().contains("TITLE")
                    && !said.getText().strip().contains("\n");
            text.append(isTitle ? "# " : "").append(said.getText().strip()).append("\n\n");
        } else if (shape instanceof XSLFTable table) {
            table.getRows().forEach(row -> {
                text.append('|');
                row.getCells().forEach(cell -> text.append(' ')
                        .append(cell.getText().replaceAll("\\s+", " ").strip())
                        .append(" |"));
                text.append('\n');
            });
            text.append('\n');
        } else if (shape instanceof XSLFGroupShape group) {
            group.getShapes().forEach(inner -> add(text, inner));
        }
    }

    static void warm() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var show = new XMLSlideShow()) {
            show.createSlide().createTextBox().setText("x");
            show.getSlides().getFirst().createTable(1, 1);
            show.write(bytes);
        }
        try (var show = new XMLSlideShow(new ByteArrayInputStream(bytes.toByteArray()))) {
            show.getSlides().getFirst().getShapes().forEach(shape -> add(new StringBuilder(), shape));
        }
    }
}
