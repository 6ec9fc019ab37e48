package dev.wheelhouse.tenants;

import dev.wheelhouse.database.DatabaseException;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Scopes as the words that their column holds.
@Singleton
final class ScopesColumn implements AttributeConverter<Set<Scope>, Object> {

    @Override
    public String[] convertToPersistedValue(Set<Scope> scopes, ConversionContext context) {
        return scopes.stream().map(Scope::word).sorted().toArray(String[]::new);
    }

    @Override
    public Set<Scope> convertToEntityValue(Object column, ConversionContext context) {
        try {
            var words = (String[]) ((Array) column).getArray();
            return Arrays.stream(words).map(Scope::of).collect(Collectors.toUnmodifiableSet());
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
