package dev.wheelhouse.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a phrase finds, in scripts of all kinds; and that a block which holds a text never hides it.
class PhraseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "winch | The winch is stuck",
                "WINCH | the winch",
                "win | the winch is stuck",
                "stuck winch | The winch is stuck",
                "order-1 | please order-1 now",
                "cafe | Ein Café am Meer",
                "café | cafe",
                "straße | Die Straße",
                "поиск | Это поиск по тексту",
                "搜索 | 中文搜索功能",
                "索功 | 中文搜索功能",
                "ひらがな | これはひらがなです",
                "40 m | rope: 40 m",
                "limit_steps | Step limit limit_steps",
                "@ | mail to a@b.example",
                "a@b.example | mail to a@b.example",
                "ﬁle | the file",
            })
    void phrase_is_found_in_the_text(String phrase, String text) {
        assertThat(Phrase.of(phrase).isIn(Words.folded(text))).isTrue();
        var words = new HashSet<String>();
        Words.addTo(words, Words.folded(text));
        Phrase.of(phrase).needed().forEach(needed -> assertThat(words)
                .anyMatch(word -> needed.endsWith(":*")
                        ? word.startsWith(needed.substring(1, needed.length() - 3))
                        : needed.equals("'" + word + "'")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inch | the winch",
                "we | the west",
                "winch rope | the winch",
                "order-1 | disorder-12",
                "4 | rope: 40 m",
            })
    void phrase_is_not_found_within_a_word(String phrase, String text) {
        assertThat(Phrase.of(phrase).isIn(Words.folded(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void nothing_is_looked_for_where_nothing_was_said(String text) {
        assertThat(Phrase.of(text).isEmpty()).isTrue();
        assertThat(Phrase.of(text).parts()).isEqualTo(List.of());
    }
}
