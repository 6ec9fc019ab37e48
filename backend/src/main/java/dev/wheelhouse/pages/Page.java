package dev.wheelhouse.pages;

import org.jspecify.annotations.Nullable;

/// A page as its reader sees it.
///
/// @param type its media type in lower case, without parameters; `text/plain` where the server said none
/// @param title null where it has none
/// @param text Markdown for HTML, otherwise the text as it was sent; empty where it is not text
/// @param leftOut why there is no text, as a sentence; null where there is
public record Page(
        String type,
        @Nullable String title,
        String text,
        @Nullable String leftOut) {}
