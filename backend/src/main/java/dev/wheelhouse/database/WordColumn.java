package dev.wheelhouse.database;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Locale;

/// An enum as the lower-case word that its column holds.
@Singleton
public final class WordColumn implements AttributeConverter<Enum<?>, String> {

    @Override
    public String convertToPersistedValue(Enum<?> value, ConversionContext context) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Enum<?> convertToEntityValue(String word, ConversionContext context) {
        var type = ((ArgumentConversionContext<?>) context).getArgument().getType();
        return Enum.valueOf((Class) type, word.toUpperCase(Locale.ROOT));
    }
}
