package dev.wheelhouse.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// A table of data as rows of texts. Tables that only arrange a page are none.
record Table(Optional<String> caption, List<List<String>> rows) {

    private static final int MOST_COLUMNS = 60;
    private static final int LONGEST_CELL = 2_000;

    /// Null where the cells are to be read one after the other, as those of a page's layout.
    static @Nullable Table of(Element table) {
        String role = table.attr("role");
        if (role.equals("presentation")
                || role.equals("none")
                || table.select("table").size() > 1) {
            return null;
        }
        var rows = rows(table);
        int widest = rows.stream().mapToInt(row -> row.cells.size()).max().orElse(0);
        if (widest < 2 && table.selectFirst("th") == null || widest == 0) {
            return null;
        }
        var read = fill(rows);
        boolean isData = read.stream().flatMap(List::stream).allMatch(cell -> cell.length() <= LONGEST_CELL);
        var caption = table.selectFirst("> caption");
        return isData ? new Table(Optional.ofNullable(caption).map(WriteInline::alone), read) : null;
    }

    private record Row(List<Element> cells) {}

    private static List<Row> rows(Element table) {
        var rows = new ArrayList<Row>();
        for (var row : table.select("tr")) {
            if (!WriteMarkdown.isHidden(row)) {
                rows.add(new Row(row.children().stream()
                        .filter(cell -> cell.nameIs("td") || cell.nameIs("th"))
                        .filter(cell -> !WriteMarkdown.isHidden(cell))
                        .limit(MOST_COLUMNS)
                        .toList()));
            }
        }
        return rows;
    }

    /// A cell over several columns leaves the others of its row empty; one over several rows is in each of them.
    private static List<List<String>> fill(List<Row> rows) {
        var read = new ArrayList<List<String>>();
        var above = new ArrayList<Above>();
        for (var row : rows) {
            var line = new ArrayList<String>();
            for (var cell : row.cells) {
                carry(line, above);
                String text =
                        WriteInline.alone(cell).replaceAll("\\s*\n\\s*", "<br>").replace("|", "\\|");
                int columns = span(cell, "colspan");
                int more = span(cell, "rowspan") - 1;
                for (int column = 0; column < columns && line.size() < MOST_COLUMNS; column++) {
                    put(above, line.size(), more, column == 0 ? text : "");
                    line.add(column == 0 ? text : "");
                }
            }
            carry(line, above);
            if (!line.isEmpty()) {
                read.add(line);
            }
        }
        return read;
    }

    private record Above(int rows, String text) {}

    private static void put(List<Above> above, int column, int rows, String text) {
        while (above.size() <= column) {
            above.add(new Above(0, ""));
        }
        above.set(column, new Above(rows, text));
    }

    private static void carry(List<String> line, List<Above> above) {
        while (line.size() < above.size() && above.get(line.size()).rows > 0) {
            var from = above.get(line.size());
            above.set(line.size(), new Above(from.rows - 1, from.text));
            line.add(from.text);
        }
    }

    private static int span(Element cell, String attribute) {
        return Math.clamp(WriteMarkdown.whole(cell.attr(attribute), 1), 1, MOST_COLUMNS);
    }

    /// The first row is the head, which Markdown wants of every table.
    String markdown() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var cells = new ArrayList<>(row);
            while (cells.size() < columns) {
                cells.add("");
            }
            lines.add("| " + String.join(" | ", cells) + " |");
            if (lines.size() == 1) {
                lines.add("|" + " --- |".repeat(columns));
            }
        }
        return String.join("\n", lines);
    }
}
