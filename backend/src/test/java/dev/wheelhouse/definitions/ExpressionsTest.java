package dev.wheelhouse.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.definitions.Expressions.Names;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

    private static final Expressions OVER =
            new Expressions(Map.of("tool", Names.TEXTS, "args", Names.ANYTHING, "input", Names.ANYTHING));

    private static final Map<String, Object> GIVEN = Map.of(
            "tool", Map.of("name", "refund"),
            "args", Map.of("amount", 120L, "items", List.of("rope", "tar")),
            "input", Map.of());

    @Test
    void condition_holds_or_not_for_what_is_given() {
        assertThat(OVER.holds("args.amount > 100 && tool.name == 'refund'", GIVEN))
                .isTrue();
        assertThat(OVER.holds("args.items.exists(i, i == 'sail')", GIVEN)).isFalse();
    }

    @Test
    void value_may_be_of_any_type() {
        assertThat(OVER.value("args.amount * 2", GIVEN)).isEqualTo(240L);
        assertThat(OVER.value("args.items", GIVEN)).isEqualTo(List.of("rope", "tar"));
        assertThat(OVER.value("tool.name + '!'", GIVEN)).isEqualTo("refund!");
        assertThat(OVER.value("{'total': args.amount}", GIVEN)).isEqualTo(Map.of("total", 120L));
    }

    @Test
    void condition_that_is_no_truth_is_a_mistake_and_a_fine_value() {
        assertThat(OVER.conditionMistakes("tool.name")).hasSize(1);
        assertThat(OVER.mistakes("tool.name")).isEmpty();
    }

    @Test
    void mistakes_have_their_column_and_the_name_that_was_meant() {
        assertThat(OVER.conditionMistakes("true && arg.amount > 3"))
                .singleElement()
                .satisfies(mistake -> {
                    assertThat(mistake.column()).isEqualTo(9);
                    assertThat(mistake.hint()).isEqualTo("Did you mean \"args\"?");
                });
    }

    @Test
    void what_is_not_given_has_no_value_and_says_so() {
        assertThatThrownBy(() -> OVER.holds("args.total > 3", GIVEN))
                .isInstanceOf(Expressions.NoValueException.class)
                .hasMessageContaining("args.total > 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "(",
                "args.",
                "while(true)",
                "import('x')",
                "args.amount = 3",
                "\"",
                "'\\ud800'",
                "1 +",
                "java.lang.Runtime.getRuntime()"
            })
    void nonsense_is_a_mistake_and_never_thrown(String text) {
        assertThat(OVER.mistakes(text)).isNotEmpty();
    }

    @Test
    void work_without_end_is_cut_off() {
        String list = "[1,2,3,4,5,6,7,8,9,10]";
        String loops = "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, %1$s.all(e, true)))))".formatted(list);

        assertThatThrownBy(() -> OVER.holds(loops, GIVEN)).isInstanceOf(Expressions.NoValueException.class);
        assertThat(OVER.mistakes("(".repeat(60) + "1" + ")".repeat(60))).isNotEmpty();
        assertThat(OVER.mistakes("1+".repeat(2_000) + "1")).isNotEmpty();
    }
}
