package dev.wheelhouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What pictures take of a replica's memory.
class ImagesInMemoryTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final int MIB = 1 << 20;

    private final Database database = TestDatabases.open(TestDatabase.fresh());
    private final Images images = TestImages.of(database);
    private final List<Image> kept = List.of(
            Image.read(TestImages.png(3 * MIB, 1)),
            Image.read(TestImages.png(4 * MIB, 2)),
            Image.read(TestImages.png(4 * MIB, 3)),
            Image.read(TestImages.png(MIB, 4)));

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> hashes() {
        return kept.stream().map(Image::hash).toList();
    }

    @Test
    void those_that_come_first_are_shown_as_far_as_they_fit() throws Exception {
        images.keep(TENANT, kept);

        try (var shown = images.show(TENANT, hashes(), 8 * MIB)) {
            assertThat(hashes().stream().map(hash -> shown.base64(hash) != null))
                    .containsExactly(true, true, false, true);
        }
    }

    @Test
    void one_that_is_shown_twice_counts_once_and_an_unknown_one_is_missing() throws Exception {
        images.keep(TENANT, kept);
        var first = kept.getFirst().hash();

        try (var shown = images.show(TENANT, List.of(first, first, "0".repeat(64), first), 4 * MIB)) {
            assertThat(shown.base64(first)).isNotNull();
            assertThat(shown.base64("0".repeat(64))).isNull();
        }
    }

    @Test
    void who_finds_no_room_waits_until_there_is_some() throws Exception {
        images.keep(TENANT, kept);
        var all = hashes();
        var held = List.of(images.show(TENANT, all, 12 * MIB), images.show(TENANT, all, 12 * MIB));

        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return images.show(TENANT, all, 12 * MIB);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();
        held.getFirst().close();

        Await.until("the third is shown", waiting::isDone);
        assertThat(waiting.join().base64(all.getFirst())).isNotNull();
    }
}
