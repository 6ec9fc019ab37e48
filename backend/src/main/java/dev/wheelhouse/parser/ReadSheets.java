package dev.wheelhouse.parser;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.xml.sax.InputSource;

/// Reads XLSX as it is shown: a page for each sheet, a line for each row. Cells go by one after the other,
/// so a large sheet takes no memory.
final class ReadSheets implements ParserChild.Reader {

    private final int mostPages;

    ReadSheets(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws Exception {
        try (var opened = OPCPackage.open(new ByteArrayInputStream(file))) {
            var reader = new XSSFReader(opened);
            var texts = new ReadOnlySharedStringsTable(opened);
            var styles = reader.getStylesTable();
            var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
            for (int count = 1; sheets.hasNext(); count++) {
                if (count > mostPages) {
                    throw new RefusedException("too_many_pages", "It has more than %,d sheets".formatted(mostPages));
                }
                try (var sheet = sheets.next()) {
                    var rows = new Rows(sheets.getSheetName());
                    var xml = XMLHelper.newXMLReader();
                    xml.setContentHandler(
                            new XSSFSheetXMLHandler(styles, null, texts, rows, new DataFormatter(), false));
                    xml.parse(new InputSource(sheet));
                    pages.page(rows.text.toString());
                }
            }
        }
    }

    private static final class Rows implements XSSFSheetXMLHandler.SheetContentsHandler {

        private final StringBuilder text;
        private final List<String> cells = new ArrayList<>();

        Rows(String name) {
            text = new StringBuilder("# " + name + "\n\n");
        }

        @Override
        public void startRow(int row) {
            cells.clear();
        }

        @Override
        public void endRow(int row) {
            if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                text.append("| ").append(String.join(" | ", cells)).append(" |\n");
            }
            if (text.length() > PageWriter.MOST_TEXT) {
                throw new IllegalStateException("The text would exceed what is read");
            }
        }

        @Override
        public void cell(String reference, String value, XSSFComment comment) {
            cells.add(value == null ? "" : value.replaceAll("\\s+", " ").strip());
        }
    }

    static void warm() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var book = new XSSFWorkbook()) {
            book.createSheet("x").createRow(0).createCell(0).setCellValue("x");
            book.getSheetAt(0).getRow(0).createCell(1).setCellValue(1.5);
            book.write(bytes);
        }
        new ReadSheets(9).read(bytes.toByteArray(), new PageWriter(new ByteArrayOutputStream()));
    }
}
