package dev.wheelhouse.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// JSON in a column of text.
@Singleton
public final class JsonColumn implements AttributeConverter<JsonNode, String> {

    @Override
    public @Nullable String convertToPersistedValue(@Nullable JsonNode value, ConversionContext context) {
        return value == null ? null : value.toString();
    }

    @Override
    public @Nullable JsonNode convertToEntityValue(@Nullable String text, ConversionContext context) {
        return text == null ? null : Json.read(text);
    }
}
