package dev.wheelhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How connections share what may be held of their requests.
class BodyMemoryTest {

    private final BodyMemory memory = new BodyMemory(4_000);
    private final List<String> told = new ArrayList<>();

    private BodyMemory.Share share(String name) {
        return memory.share(() -> told.add(name + " is granted"), () -> told.add(name + " gives way"));
    }

    @Test
    void who_holds_its_piece_for_longest_gives_way_to_the_next() {
        var shares = IntStream.range(0, 5).mapToObj(at -> share("s" + at)).toList();

        shares.forEach(share -> share.hold(300));

        assertThat(told).containsExactly("s0 gives way", "s1 gives way");
        assertThat(memory.bytes()).isEqualTo(900);
        assertThat(shares.get(0).hasGivenWay()).isTrue();
        assertThat(shares.get(4).hasGivenWay()).isFalse();
    }

    @Test
    void bytes_held_never_grow_with_the_number_of_connections() {
        long most = IntStream.range(0, 10_000)
                .mapToLong(at -> {
                    share("s").hold(1 + at % 900);
                    return memory.bytes();
                })
                .max()
                .orElseThrow();

        assertThat(most).isLessThanOrEqualTo(1_000);
    }

    @Test
    void who_gave_way_counts_again_with_its_next_request() {
        var first = share("first");
        first.hold(900);
        share("second").hold(900);
        first.hold(50);
        first.free();
        first.hold(50);

        assertThat(told).containsExactly("first gives way");
        assertThat(memory.bytes()).isEqualTo(950);
    }

    @Test
    void known_callers_wait_in_turn_and_go_on_when_there_is_room() {
        var first = share("first");
        var second = share("second");
        var third = share("third");

        assertThat(first.reserve(2_000)).isTrue();
        assertThat(second.reserve(2_000)).isFalse();
        assertThat(third.reserve(500)).as("nobody overtakes").isFalse();
        first.free();

        assertThat(told).containsExactly("second is granted", "third is granted");
        second.free();
        third.free();
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void who_stops_waiting_leaves_its_turn_to_others() {
        var first = share("first");
        var second = share("second");
        var third = share("third");
        first.reserve(2_000);
        second.reserve(2_000);
        third.reserve(1_000);

        second.free();

        assertThat(told).containsExactly("third is granted");
        assertThat(memory.bytes()).isEqualTo(3_000);
    }

    @Test
    void strangers_take_nothing_from_known_callers() {
        IntStream.range(0, 100).forEach(at -> share("s" + at).hold(1_000));

        assertThat(share("known").reserve(3_000)).isTrue();
    }

    @Test
    void body_larger_than_all_there_is_goes_alone() {
        var large = share("large");

        assertThat(large.reserve(9_000)).isTrue();
        assertThat(share("next").reserve(1)).isFalse();
        large.free();
        assertThat(told).containsExactly("next is granted");
    }
}
