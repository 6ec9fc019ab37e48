package dev.wheelhouse.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions over the handbook that ships with the platform: the first sentence of the answer is the one that says it.
class DescribePassagesTest {

    private static final Path HANDBOOK = Path.of("src/main/dist/collections/handbook");

    private static String read(String title) {
        try {
            return Files.readString(HANDBOOK.resolve(title.toLowerCase(Locale.ROOT) + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode result(boolean isWhole) {
        var result = Json.mapper().createObjectNode();
        var passages = result.putArray("passages");
        // The worst order: what is asked for comes last.
        for (String title : List.of("Travel", "Security", "Leave")) {
            String text = read(title);
            var parts = List.of(isWhole ? new String[] {text} : text.split("(?m)^(?=## )"));
            for (String part : parts.reversed()) {
                String heading = part.startsWith("## ") ? part.substring(3, part.indexOf('\n')) : "";
                passages.addObject()
                        .put("cite", passages.size())
                        .put("title", title)
                        .put("page", 1)
                        .put("heading", title + " > " + heading)
                        .put("text", isWhole ? part : part.replaceFirst("^#+ .*\n", ""));
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many days of leave do I have?                 | Everybody has thirty days of leave
            How many days of leave do I have in a year?       | Everybody has thirty days of leave
            How many days move into the next year?            | Up to five days move into the next year
            When is a doctor's note needed?                   | A doctor's note is needed from the fourth day
            What if I am ill during my leave?                 | Days on which you were ill during leave
            How long can parents stay away after a birth?     | Parents take up to fourteen months
            How many characters must a password have?         | A password has at least fourteen characters
            What do I do when I lost my laptop?               | Report a lost phone or laptop within one hour
            May visitors be left alone?                       | Visitors are met at the door
            What may a hotel cost a night?                    | A hotel may cost 140 euros a night
            How high is the daily allowance for meals?        | Meals are paid by a daily allowance of 28 euros
            Until when do I send receipts?                    | Send receipts within thirty days
            Who approves expenses above 1,000 euros?          | Expenses below 50 euros need no approval
            """)
    void answer_begins_with_the_sentence_that_says_it(String question, String sentence) {
        assertThat(DescribePassages.of(question, result(false))).startsWith(sentence);
        assertThat(DescribePassages.of(question, result(true))).startsWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({"How many days of leave do I have?", "Days of leave?"})
    void sentence_that_adds_nothing_is_left_out(String question) {
        assertThat(DescribePassages.of(question, result(false)).split("\n\n")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource("Who won the cup?")
    void question_that_nothing_fits_gets_the_first_sentence(String question) {
        assertThat(DescribePassages.of(question, result(false))).contains("[").hasLineCount(1);
    }
}
