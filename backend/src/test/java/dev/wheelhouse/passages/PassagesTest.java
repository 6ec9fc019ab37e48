package dev.wheelhouse.passages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How texts are cut, whatever they are.
class PassagesTest {

    private static final long SEED = 16;

    /// Pages of words, headings, tables, code, endless words and scripts without spaces.
    private static List<String> pages(Random random) {
        var parts = List.of(
                "# A heading\n\n",
                "## Another one, deeper\n\n",
                "A short sentence. ",
                "Somebody wrote a rather longer sentence here, with commas, and with an end. ",
                "| a | b | c |\n",
                "```\ncode();\n\nmore();\n```\n",
                "x".repeat(3_000) + " ",
                "東京都は日本の首都である。",
                "กรุงเทพมหานคร",
                "\n\n",
                "\t  ",
                "Ünïcödé 🚢 ");
        var pages = new ArrayList<String>();
        for (int page = 0; page < 4; page++) {
            var text = new StringBuilder();
            for (int part = random.nextInt(120); part > 0; part--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            pages.add(text.toString());
        }
        return pages;
    }

    @Test
    void every_character_is_in_some_passage_and_none_is_too_long() {
        var random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            var pages = pages(random);
            var cuts = Passages.cut(pages, Language.ENGLISH);

            var covered = pages.stream().map(page -> new boolean[page.length()]).toList();
            for (var cut : cuts) {
                String page = pages.get(cut.page() - 1);
                assertThat(cut.text()).isEqualTo(page.substring(cut.from(), cut.to()));
                assertThat(cut.pieces()).isLessThanOrEqualTo(Passages.MOST_PIECES);
                for (int at = cut.from(); at < cut.to(); at++) {
                    covered.get(cut.page() - 1)[at] = true;
                }
            }
            for (int page = 0; page < pages.size(); page++) {
                String text = pages.get(page);
                boolean[] isCovered = covered.get(page);
                var missing = IntStream.range(0, text.length())
                        .filter(at -> !isCovered[at] && !Character.isWhitespace(text.charAt(at)));
                assertThat(missing.findFirst())
                        .as("a character in no passage: seed %d, round %d, page %d", SEED, round, page)
                        .isEmpty();
            }
            assertThat(Passages.cut(pages, Language.ENGLISH)).isEqualTo(cuts);
        }
    }

    @Test
    void headings_lead_the_passages_below_them() {
        var cuts = Passages.cut(
                List.of("# Crew\n\n## Watch\n\nThe watch lasts four hours.\n\n# Galley\n\nSoup at noon."),
                Language.ENGLISH);

        assertThat(cuts).extracting(Cut::heading).contains("Crew > Watch", "Galley");
        assertThat(cuts.getLast().indexed("Ship")).startsWith("Ship > Galley. ").contains("Soup");
    }

    @ParameterizedTest
    @CsvSource({
        "en, The captain of the ship was not on the bridge and that was noted in the log",
        "de, Der Kapitän ist nicht auf der Brücke und das steht auch im Logbuch für die Reederei",
        "fr, Le capitaine est sur la passerelle et il ne dort pas dans les cabines du pont",
        "es, El capitán no está en el puente y los marineros duermen por la noche en las cabinas",
        "ru, Капитан не спит на мостике",
        "ja, 船長はブリッジで眠らない",
        "zh, 船长不在船桥上睡觉",
        "ko, 선장은 함교에서 자지 않는다",
        "th, กัปตันไม่ได้นอน",
        "ar, القبطان لا ينام على الجسر",
        "el, Ο καπετάνιος δεν κοιμάται",
        "hi, कप्तान पुल पर नहीं सोता"
    })
    void language_is_told_by_script_and_smallest_words(String code, String text) {
        assertThat(Language.detect(text).code()).isEqualTo(code);
    }

    @Test
    void dense_scripts_become_pairs_and_others_stay() {
        assertThat(Bigrams.of("東京都 and more")).contains("東京").contains("京都").contains("and more");
        assertThat(Bigrams.of("Plain text")).isEqualTo("Plain text");
        assertThat(Bigrams.of("猫")).contains("猫");
    }
}
