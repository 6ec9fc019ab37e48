package dev.wheelhouse.knowledge;

import dev.wheelhouse.documents.Collection.Visibility;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.util.List;
import java.util.UUID;

/// What a search asks of a collection, without counting its documents.
///
/// @param visibility as a word
/// @param configs text search configurations of its ready documents
@Introspected
record Scope(
        UUID id,
        String name,
        String visibility,
        String model,
        int generation,
        long epoch,
        int passages,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> configs,
        int unfinished) {

    /// By its name or its id.
    boolean isCalled(String word) {
        return name.equals(word) || id.toString().equals(word);
    }

    boolean isForEveryone() {
        return Visibility.of(visibility) == Visibility.EVERYONE;
    }
}
