package dev.wheelhouse.database;

import dev.wheelhouse.base.TenantId;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;

/// A tenant's id as its column holds it. Written are the ids of entities and the name that [CurrentTenant] gives.
@Singleton
public final class TenantColumn implements AttributeConverter<Object, String> {

    @Override
    public String convertToPersistedValue(Object tenant, ConversionContext context) {
        return tenant.toString();
    }

    @Override
    public Object convertToEntityValue(String name, ConversionContext context) {
        return new TenantId(name);
    }
}
