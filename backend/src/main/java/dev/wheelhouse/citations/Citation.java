package dev.wheelhouse.citations;

import java.util.UUID;
import java.util.regex.Pattern;

/// A passage that an answer rests on, by its number in the conversation.
///
/// @param n counts from 1 in each conversation and stays
/// @param version of the document when it was quoted
/// @param isGone whether the passage is no longer there, in this version
public record Citation(
        int n, UUID document, String title, int version, long passage, int page, String quote, boolean isGone) {

    /// How an answer names one.
    public static final Pattern MARK = Pattern.compile("\\[(\\d{1,5})]");
}
