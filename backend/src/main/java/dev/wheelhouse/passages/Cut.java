package dev.wheelhouse.passages;

/// A passage: where it lies and what it says.
///
/// @param page counts from 1
/// @param from first character on the page
/// @param to behind the last one
/// @param heading the headings above it, `A > B`; empty where there are none
/// @param pieces about how many word pieces a model would make of it
public record Cut(int page, int from, int to, String heading, String text, int pieces) {

    /// What is searched: the title and the headings lead every passage, which is worth more than any choice
    /// of length.
    public String indexed(String title) {
        String head = heading.isEmpty() ? title : title + " > " + heading;
        return head.isEmpty() ? text : head + ". " + text;
    }
}
