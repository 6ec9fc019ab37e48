package dev.wheelhouse.knowledge;

import org.jspecify.annotations.Nullable;

/// What speaks for a passage.
///
/// @param lexical how well the words fit, 0 to 1; null where they did not find it
/// @param cosine how near the meaning is; null where nobody knows
record Parts(@Nullable Double lexical, @Nullable Double cosine) {

    Parts with(double cosine) {
        return new Parts(lexical, cosine);
    }

    /// @param weight of the meaning, 0 to 1
    double score(double weight) {
        double words = lexical == null ? 0 : lexical;
        return cosine == null ? words : weight * cosine + (1 - weight) * words;
    }
}
