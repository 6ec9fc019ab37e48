package dev.wheelhouse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which pictures are let go of, and when.
class ImagesExpireTest {

    private static final TenantId ANNA = new TenantId("anna");
    private static final TenantId BERT = new TenantId("bert");

    private final String url = TestDatabase.fresh();
    private final Database database = TestDatabases.open(url);
    private final Image old = Image.read(TestImages.png(100, 1));
    private final Image again = Image.read(TestImages.png(100, 2));
    private final Image seen = Image.read(TestImages.png(100, 3));
    private final Image next = Image.read(TestImages.png(100, 4));

    @AfterEach
    void close() {
        database.close();
    }

    private void pass(int days) {
        TestDatabase.execute(url, "UPDATE images SET at = at - interval '%d days'".formatted(days));
    }

    private List<Boolean> found(Images images, TenantId tenant) {
        return List.of(old, again, seen, next).stream()
                .map(image -> images.find(tenant, image.hash()).isPresent())
                .toList();
    }

    @Test
    void picture_that_nobody_has_shown_for_so_long_goes_when_a_new_one_comes() throws Exception {
        var images = TestImages.of(database, 30);
        images.keep(ANNA, List.of(old, again, seen));
        images.keep(BERT, List.of(old));
        pass(20);
        images.keep(ANNA, List.of(again));
        images.show(ANNA, List.of(seen.hash()), 1_000).close();
        pass(20);
        images.keep(ANNA, List.of(next));

        assertThat(found(images, ANNA)).containsExactly(false, true, true, true);
        assertThat(found(images, BERT)).containsExactly(true, false, false, false);
    }

    @Test
    void pictures_stay_where_nobody_says_for_how_long() {
        var images = TestImages.of(database);
        images.keep(ANNA, List.of(old));
        pass(4_000);
        images.keep(ANNA, List.of(next));

        assertThat(found(images, ANNA)).containsExactly(true, false, false, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3_651})
    void days_out_of_bounds_are_refused(int days) {
        assertThatThrownBy(() -> new ImagesConfig(days))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("images.days is " + days);
    }
}
