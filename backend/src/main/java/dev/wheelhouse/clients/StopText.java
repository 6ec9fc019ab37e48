package dev.wheelhouse.clients;

import java.util.List;
import java.util.function.Consumer;

/// Ends an answer before the first of its stop texts, while it comes. What may be the beginning of one is held back.
public final class StopText {

    private final List<String> stops;
    private final Consumer<String> shown;
    private final StringBuilder held = new StringBuilder();
    private boolean isOver;

    /// @param shown is given the text up to the stop
    public StopText(List<String> stops, Consumer<String> shown) {
        this.stops = stops;
        this.shown = shown;
    }

    /// More of the answer.
    public void add(String text) {
        if (isOver) {
            return;
        }
        if (stops.isEmpty()) {
            shown.accept(text);
            return;
        }
        held.append(text);
        String cut = before(held.toString(), stops);
        if (cut.length() < held.length()) {
            isOver = true;
            show(cut);
            return;
        }
        int keep = beginning();
        show(cut.substring(0, cut.length() - keep));
        held.delete(0, held.length() - keep);
    }

    /// What was added does not count: the answer begins again.
    public void clear() {
        held.setLength(0);
        isOver = false;
    }

    /// Nothing follows: what was held back is shown.
    public void end() {
        if (!isOver) {
            show(held.toString());
            held.setLength(0);
        }
    }

    private void show(String text) {
        if (!text.isEmpty()) {
            shown.accept(text);
        }
    }

    /// How many characters at the end may be the beginning of a stop text.
    private int beginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    /// The text before the first stop text in it.
    public static String before(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            end = at >= 0 && at < end ? at : end;
        }
        return text.substring(0, end);
    }
}
