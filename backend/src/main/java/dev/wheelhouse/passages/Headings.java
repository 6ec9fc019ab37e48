package dev.wheelhouse.passages;

import dev.wheelhouse.base.Text;
import java.util.ArrayList;
import java.util.List;

/// The headings above the place where the reader is, which go on over the ends of pages.
final class Headings {

    private static final int LONGEST = 200;

    private final List<String> open = new ArrayList<>();

    void enter(int level, String heading) {
        while (open.size() >= level) {
            open.removeLast();
        }
        while (open.size() < level - 1) {
            open.add("");
        }
        open.add(heading);
    }

    String path() {
        return Text.shorten(
                String.join(
                        " > ",
                        open.stream().filter(heading -> !heading.isBlank()).toList()),
                LONGEST);
    }
}
