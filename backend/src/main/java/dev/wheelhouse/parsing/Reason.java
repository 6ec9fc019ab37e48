package dev.wheelhouse.parsing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a document cannot be searched, and what to do about it.
public enum Reason {
    ENCRYPTED("It needs a password", "Save a copy without a password and upload that"),
    NO_TEXT("It contains no text", "A scan has only pictures of text: run text recognition on it first"),
    DAMAGED("It is damaged", "Open it in the program it was made with, and save it again"),
    UNSUPPORTED_TYPE("Files of this type are not read", "Save it as PDF, DOCX, PPTX, XLSX, HTML, Markdown or text"),
    TOO_LARGE("It is larger than files may be here", "Split it, or raise knowledge.max-file"),
    TOO_MANY_PAGES("It has more pages than documents may have", "Split it, or raise knowledge.parser.max-pages"),
    TEXT_TOO_LONG("It has more text than documents may have", "Split it into several documents"),
    PARSE_TIMEOUT("Reading it took too long", "Save it again with another program, or split it"),
    PARSER_CRASHED("The parser gave up on it", "Save it again with another program; the other documents are unharmed"),
    FETCH_REFUSED("Its address may not be fetched", "Use an address on the public internet that lets robots in"),
    FETCH_FAILED("It could not be fetched", "Check the address, and retry"),
    EMBEDDING_FAILED("The embedding model did not answer", "Check the model's server, and retry"),
    MODEL_AWAY(
            "It waits for the embedding model",
            "It goes on when the model is back: the page Health says what is wrong with it"),
    TEXT_REFUSED(
            "The embedding model refuses one of its texts",
            "Leave that text out and upload it again, or find the collection by another model"),
    QUOTA_EXCEEDED("Too many documents are waiting", "Wait for some to be read"),
    REPLACED("A newer version was ready first", "Nothing is to be done"),
    TOOK_TOO_LONG("It was not ready within its time", "Retry, or split it"),
    BROKE("Reading it failed unexpectedly", "Retry; the log of the backend says more");

    private final String sentence;
    private final String remedy;

    Reason(String sentence, String remedy) {
        this.sentence = sentence;
        this.remedy = remedy;
    }

    /// The word in rows, answers and metrics.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }

    public String remedy() {
        return remedy;
    }

    public static Optional<Reason> of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }
}
