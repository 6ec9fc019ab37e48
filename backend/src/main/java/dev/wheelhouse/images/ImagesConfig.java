package dev.wheelhouse.images;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How long pictures are kept.
///
/// @param days after a picture was last shown, 1 to 3,650; 0 for ever
@ConfigurationProperties("images")
record ImagesConfig(@Bindable(defaultValue = "0") int days) {

    private static final int MOST = 3_650;

    ImagesConfig {
        if (days < 0 || days > MOST) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "images.days is %d".formatted(days),
                    "Set it from 1 to %,d, or to 0 to keep pictures for ever".formatted(MOST));
        }
    }
}
