package dev.wheelhouse.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The mechanism with a kind of its own, a recipe, whose tables are a fake in memory.
class RevisionsTest {

    private static final TenantId TENANT = new TenantId("kitchen");

    private record Recipe(String name, String dish) {}

    private final FakeStore store = new FakeStore();
    private final Revisions<Recipe> recipes = new Revisions<>(
            new Revisions.Kind<>("recipe", ErrorCode.NOT_FOUND, RevisionsTest::read, RevisionsTest::read, Recipe::name),
            store);

    private static Recipe read(String text) {
        return Definitions.read(
                text,
                Set.of("name", "dish"),
                fields -> new Recipe(fields.required("name", 100), fields.text("dish", "", 100)));
    }

    private static String recipe(String name, String dish) {
        return "name: %s\ndish: %s\n".formatted(name, dish);
    }

    @Test
    void each_change_is_a_revision_and_the_same_text_is_none() {
        recipes.put(TENANT, "soup", recipe("soup", "leek"), true);
        recipes.put(TENANT, "soup", recipe("soup", "leek"), true);
        var changed = recipes.put(TENANT, "soup", recipe("soup", "onion"), false);

        assertThat(changed.latest()).isEqualTo(2);
        assertThat(changed.published()).isEqualTo(1);
        assertThat(changed.definition().dish()).as("the published one is shown").isEqualTo("leek");
        assertThat(recipes.revisions(TENANT, "soup"))
                .extracting(Revision::number)
                .containsExactly(2, 1);
        assertThat(recipes.definition(TENANT, "soup", 2).dish()).isEqualTo("onion");
    }

    @Test
    void publishing_chooses_any_revision_that_is_there() {
        recipes.put(TENANT, "soup", recipe("soup", "leek"), true);
        recipes.put(TENANT, "soup", recipe("soup", "onion"), true);

        assertThat(recipes.publish(TENANT, "soup", 1).definition().dish()).isEqualTo("leek");
        assertThatThrownBy(() -> recipes.publish(TENANT, "soup", 3)).hasMessage("Recipe \"soup\" has no revision 3");
    }

    @Test
    void change_of_a_version_that_is_not_there_any_more_is_refused() {
        recipes.put(TENANT, "soup", recipe("soup", "leek"), true, Expected.NOTHING, Authored.NOBODY);
        var read = new Expected(Set.of("1-1"));
        recipes.put(TENANT, "soup", recipe("soup", "onion"), false, read, Authored.NOBODY);

        assertThatThrownBy(() -> recipes.put(TENANT, "soup", recipe("soup", "pea"), true, read, Authored.NOBODY))
                .hasMessage("Recipe \"soup\" was changed by somebody else since you read it");
        assertThatThrownBy(() -> recipes.publish(TENANT, "soup", 2, read))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).contains("\"2-1\""));
        assertThatThrownBy(() ->
                        recipes.put(TENANT, "soup", recipe("soup", "pea"), true, Expected.NOTHING, Authored.NOBODY))
                .hasMessage("Recipe \"soup\" is there already");
        assertThat(recipes.latest(TENANT, "soup").latest()).isEqualTo(2);
    }

    @Test
    void refusals_use_the_words_of_the_kind() {
        recipes.put(TENANT, "soup", recipe("soup", "leek"), false);

        assertThatThrownBy(() -> recipes.published(TENANT, "soup"))
                .hasMessage("Recipe \"soup\" has no published revision");
        assertThatThrownBy(() -> recipes.get(TENANT, "sop")).satisfies(e -> {
            assertThat(e).hasMessage("There is no recipe \"sop\"");
            assertThat(((Problem) e).hint()).contains("soup");
        });
        assertThatThrownBy(() -> recipes.put(TENANT, "stew", recipe("soup", "leek"), true))
                .hasMessageContaining("is named \"soup\" but was sent to \"stew\"");
    }

    @Test
    void change_that_others_overtake_is_tried_again_but_not_for_ever() {
        store.refusals = 9;
        assertThat(recipes.put(TENANT, "soup", recipe("soup", "leek"), true).latest())
                .isEqualTo(1);

        store.refusals = 10;
        assertThatThrownBy(() -> recipes.put(TENANT, "soup", recipe("soup", "onion"), true))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void folder_is_loaded_and_all_mistakes_of_its_files_are_told(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("soup.yaml"), recipe("soup", "leek"));
        Files.writeString(folder.resolve("stew.yaml"), "name: stew\nmeal: beef\n");
        Files.writeString(folder.resolve("pie.yml"), recipe("cake", "plum"));
        Files.writeString(folder.resolve("notes.txt"), "not a definition");

        assertThatThrownBy(() -> recipes.load(TENANT, folder))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(Problem.Mistake::path)
                        .anyMatch(path -> path.startsWith("stew.yaml"))
                        .anyMatch(path -> path.startsWith("pie.yml"))
                        .noneMatch(path -> path.startsWith("notes")));
        assertThat(recipes.list(TENANT)).extracting(Defined::name).containsExactly("soup");
    }

    @Test
    void text_that_people_changed_since_stays_published(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("soup.yaml"), recipe("soup", "leek"));
        recipes.load(TENANT, folder);
        recipes.put(TENANT, "soup", recipe("soup", "onion"), true);

        recipes.load(TENANT, folder);

        assertThat(recipes.get(TENANT, "soup").definition().dish()).isEqualTo("onion");
    }

    /// Revisions in memory, as one replica would see them.
    private static final class FakeStore implements RevisionStore {

        private final Map<String, List<String>> texts = new HashMap<>();
        private final Map<String, Integer> published = new HashMap<>();
        private int refusals;

        @Override
        public List<Row> list(TenantId tenant) {
            return names(tenant).stream()
                    .map(name -> find(tenant, name).orElseThrow())
                    .toList();
        }

        @Override
        public Optional<Row> find(TenantId tenant, String name) {
            return Optional.ofNullable(texts.get(name)).map(all -> {
                var number = published.get(name);
                int shown = number == null ? all.size() : number;
                return new Row(name, number, all.size(), Instant.EPOCH, shown, all.get(shown - 1));
            });
        }

        @Override
        public List<String> names(TenantId tenant) {
            return texts.keySet().stream().sorted().toList();
        }

        @Override
        public List<Revision> revisions(TenantId tenant, String name) {
            var all = new ArrayList<Revision>();
            for (int number = 1; number <= texts.get(name).size(); number++) {
                all.add(revision(tenant, name, number).orElseThrow());
            }
            all.sort(Comparator.comparingInt(Revision::number).reversed());
            return all;
        }

        @Override
        public Optional<Revision> revision(TenantId tenant, String name, int number) {
            var all = texts.getOrDefault(name, List.of());
            boolean isPublished = Integer.valueOf(number).equals(published.get(name));
            return number < 1 || number > all.size()
                    ? Optional.empty()
                    : Optional.of(
                            new Revision(name, number, isPublished, Instant.EPOCH, all.get(number - 1), null, null));
        }

        @Override
        public boolean has(TenantId tenant, String name, String text) {
            return texts.getOrDefault(name, List.of()).contains(text);
        }

        @Override
        public boolean put(
                TenantId tenant,
                String name,
                String text,
                Authored by,
                boolean publish,
                Consumer<Optional<Numbers>> precondition) {
            precondition.accept(numbers(name));
            if (refusals > 0) {
                refusals--;
                return false;
            }
            var all = texts.computeIfAbsent(name, key -> new ArrayList<>());
            if (all.isEmpty() || !all.getLast().equals(text)) {
                all.add(text);
            }
            if (publish) {
                published.put(name, all.size());
            }
            return true;
        }

        @Override
        public boolean publish(TenantId tenant, String name, int number, Consumer<Optional<Numbers>> precondition) {
            precondition.accept(numbers(name));
            boolean isThere = revision(tenant, name, number).isPresent();
            if (isThere) {
                published.put(name, number);
            }
            return isThere;
        }

        @Override
        public void delete(TenantId tenant, String name, Consumer<Optional<Numbers>> precondition) {
            precondition.accept(numbers(name));
            texts.remove(name);
            published.remove(name);
        }

        private Optional<Numbers> numbers(String name) {
            return Optional.ofNullable(texts.get(name)).map(all -> new Numbers(all.size(), published.get(name)));
        }
    }
}
