package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.runs.RunId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @Test
    void an_id_says_run_and_step_and_is_short_enough_for_every_provider() {
        for (var run :
                new UUID[] {new UUID(0, 0), new UUID(-1, -1), RunId.next().value()}) {
            var place = new Place(new RunId(run), 1000);

            assertThat(place.id(Place.CALL)).hasSizeLessThanOrEqualTo(40);
            assertThat(Place.read(Place.CALL, place.id(Place.CALL))).contains(place);
            assertThat(Place.read(Place.RESPONSE, place.id(Place.CALL))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "call_",
                "call_abc",
                "call_zzzzzzzzzzzzzzzzzzzzzzzzz_1",
                "call_0000000000000000000000000_01",
                "call_0000000000000000000000000_99999",
                "toolu_01A09q90qw90lq917835lq9",
            })
    void ids_of_others_are_no_places(String id) {
        assertThat(Place.read(Place.CALL, id)).isEmpty();
    }
}
