package dev.wheelhouse.pages;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/// Writes what a browser would show of a page as Markdown. How deep elements are nested is bounded by [FlattenTags].
final class WriteMarkdown {

    private static final Set<String> UNSEEN = Set.of(
            "head",
            "script",
            "style",
            "template",
            "svg",
            "canvas",
            "object",
            "embed",
            "audio",
            "video",
            "datalist",
            "noembed",
            "noframes",
            "annotation",
            "annotation-xml");

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "body",
            "caption",
            "center",
            "details",
            "dialog",
            "dir",
            "div",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "html",
            "legend",
            "main",
            "menu",
            "nav",
            "noscript",
            "optgroup",
            "option",
            "search",
            "section",
            "select",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "frameset",
            "colgroup");

    private static final Set<String> ROWS = Set.of("thead", "tbody", "tfoot", "tr");

    private static final Pattern HIDES =
            Pattern.compile("(?i)(display\\s*:\\s*none|visibility\\s*:\\s*(hidden|collapse))");
    private static final Pattern BLOCK_STYLE =
            Pattern.compile("(?i)display\\s*:\\s*(block|flex|grid|table|list-item|flow-root)");
    private static final Pattern CELL_STYLE = Pattern.compile("(?i)display\\s*:\\s*(inline-|table-cell)");
    private static final Pattern RAISED = Pattern.compile("[-+\u2212]?\\w{1,6}");

    private final Flow flow;

    /// Of the innermost list: the number of its next item, or null where its items have none.
    private @Nullable Integer next;

    WriteMarkdown(Flow flow) {
        this.flow = flow;
    }

    static String of(Document page) {
        var flow = new Flow();
        var write = new WriteMarkdown(flow);
        for (var refresh : page.select("meta[http-equiv=refresh][content*=url]")) {
            flow.inline(
                    "This page leads to " + refresh.attr("content").replaceFirst("(?i)^.*?url\\s*=\\s*", "") + "\n");
        }
        write.inside(page);
        return flow.end();
    }

    void inside(Node node) {
        for (var child = node.firstChild(); child != null; child = child.nextSibling()) {
            if (child instanceof TextNode text) {
                flow.text(text.getWholeText());
            } else if (child instanceof Element element && !isHidden(element)) {
                element(element);
            }
        }
    }

    static boolean isHidden(Element element) {
        return UNSEEN.contains(element.normalName())
                || element.hasAttr("hidden")
                || element.nameIs("dialog") && !element.hasAttr("open")
                || HIDES.matcher(element.attr("style")).find();
    }

    private void element(Element element) {
        switch (element.normalName()) {
            case "br" -> flow.lineBreak();
            case "wbr" -> {}
            case "hr" -> apart("---");
            case "p" -> block(element, 2);
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element);
            case "ul", "ol", "menu", "dir" -> list(element);
            case "dl" -> block(element, 2);
            case "dt" -> block(element, 1);
            case "dd" -> below(element);
            case "li" -> item(element);
            case "blockquote" -> quotation(element);
            case "pre", "listing", "xmp", "plaintext", "textarea" -> asItIs(element);
            case "table" -> table(element);
            case "a" -> WriteInline.link(element, flow);
            case "img" -> flow.text(element.attr("alt"));
            case "iframe", "frame" -> WriteInline.frame(element, flow);
            case "input" -> WriteInline.input(element, flow);
            case "button" -> spaced(element);
            case "code", "kbd", "samp" -> WriteInline.around(element, flow, "`", "`");
            case "s", "del" -> WriteInline.around(element, flow, "~~", "~~");
            case "q" -> WriteInline.around(element, flow, "\"", "\"");
            case "sup" -> raised(element);
            case "math" -> math(element);
            default -> other(element);
        }
    }

    private void other(Element element) {
        String style = element.attr("style");
        if (BLOCKS.contains(element.normalName()) || BLOCK_STYLE.matcher(style).find()) {
            block(element, 1);
        } else if (CELL_STYLE.matcher(style).find()) {
            spaced(element);
        } else {
            inside(element);
        }
    }

    private void block(Element element, int breaks) {
        flow.block(breaks);
        inside(element);
        flow.block(breaks);
    }

    private void apart(String line) {
        flow.block(2);
        flow.inline(line);
        flow.block(2);
    }

    private void spaced(Element element) {
        flow.space();
        inside(element);
        flow.space();
    }

    private void heading(Element element) {
        String text = WriteInline.alone(element).replaceAll("\\s*\n\\s*", " ");
        if (!text.isEmpty()) {
            apart("#".repeat(element.normalName().charAt(1) - '0') + " " + text);
        }
    }

    private void list(Element element) {
        var outer = next;
        var parent = element.parent();
        next = element.nameIs("ol") ? Integer.valueOf(whole(element.attr("start"), 1)) : null;
        block(element, parent != null && parent.nameIs("li") ? 1 : 2);
        next = outer;
    }

    private void item(Element element) {
        int number = whole(element.attr("value"), next == null ? 1 : next);
        flow.marker(next == null ? "- " : number + ". ");
        next = next == null ? null : Integer.valueOf(number + 1);
        inside(element);
        flow.pop();
        flow.block(1);
    }

    static int whole(String text, int otherwise) {
        return text.strip().matches("-?\\d{1,8}") ? Integer.parseInt(text.strip()) : otherwise;
    }

    private void below(Element element) {
        flow.block(1);
        flow.marker(": ");
        inside(element);
        flow.pop();
        flow.block(1);
    }

    private void quotation(Element element) {
        flow.block(2);
        flow.push("> ");
        inside(element);
        flow.pop();
        flow.block(2);
    }

    private void asItIs(Element element) {
        String text = element.wholeText().replaceFirst("^\r?\n", "").stripTrailing();
        if (text.isBlank()) {
            return;
        }
        String fence = text.contains("```") ? "````" : "```";
        flow.block(2);
        flow.lines(fence + "\n" + text + "\n" + fence);
        flow.block(2);
    }

    /// 10² read as 102 would be another number.
    private void raised(Element element) {
        String text = WriteInline.alone(element);
        boolean isExponent = RAISED.matcher(text).matches() && !text.matches("st|nd|rd|th|e|er|a|o");
        flow.inline(isExponent ? "^" + text : text);
    }

    private void math(Element element) {
        if (element.hasAttr("alttext")) {
            flow.inline(element.attr("alttext"));
        } else {
            inside(element);
        }
    }

    private void table(Element element) {
        var table = Table.of(element);
        if (table == null) {
            block(element, 1);
            return;
        }
        strays(element);
        flow.block(2);
        table.caption().ifPresent(caption -> {
            flow.inline(caption);
            flow.block(2);
        });
        flow.lines(table.markdown());
        flow.block(2);
    }

    /// What stands between cells is shown before the table.
    private void strays(Element rows) {
        for (var child = rows.firstChild(); child != null; child = child.nextSibling()) {
            if (child instanceof TextNode text) {
                flow.text(text.getWholeText());
            } else if (child instanceof Element element && ROWS.contains(element.normalName())) {
                strays(element);
            }
        }
    }
}
