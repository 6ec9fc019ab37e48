package dev.wheelhouse.pages;

import java.util.Locale;
import org.jsoup.nodes.Element;

/// The parts of a line that are more than their text: links, marks, controls.
final class WriteInline {

    private static final int LONGEST_ADDRESS = 1_000;

    private WriteInline() {}

    /// What an element shows, as if it stood alone.
    static String alone(Element element) {
        var inner = new Flow();
        new WriteMarkdown(inner).inside(element);
        return inner.end();
    }

    /// Keeps the marks close to the text: spaces at its ends stand outside of them.
    static void around(Element element, Flow flow, String before, String after) {
        var inner = new Flow();
        new WriteMarkdown(inner).inside(element);
        String text = inner.end();
        if (startsSpaced(element)) {
            flow.space();
        }
        if (text.indexOf('\n') >= 0) {
            flow.block(1);
            flow.lines(text);
            flow.block(1);
        } else if (!text.isEmpty()) {
            flow.inline(before + text + after);
        }
        if (inner.endsSpaced()) {
            flow.space();
        }
    }

    private static boolean startsSpaced(Element element) {
        String text = element.wholeText();
        return !text.isEmpty() && Character.isWhitespace(text.charAt(0));
    }

    static void link(Element element, Flow flow) {
        String address = address(element, "href");
        if (address.isEmpty()) {
            new WriteMarkdown(flow).inside(element);
            return;
        }
        String text = alone(element);
        if (text.indexOf('\n') < 0) {
            boolean isSaid = text.equals(address);
            around(element, flow, isSaid ? "" : "[", isSaid ? "" : "](" + address + ")");
            return;
        }
        flow.block(1);
        flow.lines(text);
        flow.inline(" (" + address + ")");
        flow.block(1);
    }

    /// Empty where following it would lead nowhere else.
    private static String address(Element element, String attribute) {
        String said = element.attr(attribute).strip();
        String kind = said.toLowerCase(Locale.ROOT);
        if (said.isEmpty() || said.startsWith("#") || kind.startsWith("javascript:") || kind.startsWith("data:")) {
            return "";
        }
        String whole = element.absUrl(attribute);
        String address = whole.isEmpty() ? said : whole;
        return address.length() > LONGEST_ADDRESS
                ? ""
                : address.replace(" ", "%20")
                        .replace("(", "%28")
                        .replace(")", "%29")
                        .replaceAll("[\\t\\n\\r]", "");
    }

    static void frame(Element element, Flow flow) {
        String address = address(element, "src");
        if (!address.isEmpty() && !address.startsWith("about:")) {
            String title = element.attr("title").strip();
            flow.block(1);
            flow.inline("[" + (title.isEmpty() ? "Frame" : title) + "](" + address + ")");
            flow.block(1);
        }
    }

    static void input(Element element, Flow flow) {
        String text =
                switch (element.attr("type").toLowerCase(Locale.ROOT)) {
                    case "checkbox", "radio" -> element.hasAttr("checked") ? "[x]" : "[ ]";
                    case "hidden", "password", "file" -> "";
                    case "image" -> element.attr("alt");
                    default -> element.attr("value").strip();
                };
        flow.space();
        flow.text(text);
        flow.space();
    }
}
