package dev.wheelhouse.parsing;

import java.util.List;

/// What a file says.
///
/// @param mediaType what it turned out to be
/// @param title empty where it has none
/// @param pages Markdown or plain text; the first is number 1, and one without text is empty
/// @param warnings what a reader should know, such as `low_quality_text`
public record Parsed(String mediaType, String title, List<String> pages, List<String> warnings) {

    public static final String LOW_QUALITY = "low_quality_text";
    public static final String LITTLE_TEXT = "little_text";

    private static final int LITTLE = 20;

    public Parsed {
        pages = List.copyOf(pages);
        warnings = List.copyOf(warnings);
    }

    /// The numbers of the pages that have no text.
    public List<Integer> emptyPages() {
        return java.util.stream.IntStream.rangeClosed(1, pages.size())
                .filter(page -> pages.get(page - 1).isBlank())
                .boxed()
                .toList();
    }

    /// The same once it is known that there is something to search; refuses with `no_text` where there is
    /// not.
    Parsed checked() throws UnreadableException {
        long letters = pages.stream()
                .flatMapToInt(String::codePoints)
                .filter(Character::isLetterOrDigit)
                .count();
        if (letters == 0) {
            throw new UnreadableException(
                    Reason.NO_TEXT, "%d pages were looked at, and none has text".formatted(pages.size()));
        }
        var all = new java.util.LinkedHashSet<>(warnings);
        if (letters < LITTLE) {
            all.add(LITTLE_TEXT);
        }
        if (isSpaced()) {
            all.add(LOW_QUALITY);
        }
        return new Parsed(mediaType, title, pages, List.copyOf(all));
    }

    /// Whether words come out letter by letter: `H e re i s so me`.
    private boolean isSpaced() {
        int words = 0;
        int tiny = 0;
        for (String page : pages) {
            for (String word : page.split("\\s+")) {
                boolean isWord = !word.isEmpty() && word.codePoints().allMatch(Parsed::isSpacedScript);
                words += isWord ? 1 : 0;
                tiny += isWord && word.length() <= 2 ? 1 : 0;
            }
        }
        return words >= 8 && tiny > words * 0.4;
    }

    private static boolean isSpacedScript(int letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case LATIN, CYRILLIC, GREEK -> true;
            default -> false;
        };
    }
}
