package dev.wheelhouse.database;

import dev.wheelhouse.base.TenantId;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.reflect.GenericTypeUtils;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.model.Limit;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls every method of every repository there is with the ids, names and hashes of one tenant's rows.
final class EveryRepository {

    /// What every text of tenant a holds, and only there.
    static final String MARK = "of-a";

    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    /// What pages of older rows begin with.
    private static final UUID LATER = UUID.fromString("ffffffff-0000-7000-8000-000000000001");

    /// One row of tenant a in every table, made from the types of its columns. Checks and references would ask for more
    /// than a type, and are not what is tested here.
    private static final String FILL = """
            SET session_replication_role = replica;
            DO $$
            DECLARE c record; t record;
            BEGIN
              FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint
                  WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.tab, c.conname);
              END LOOP;
              FOR t IN SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS names,
                  string_agg(CASE
                    WHEN column_name = 'tenant' THEN '''a'''
                    WHEN data_type = 'text' THEN '''of-a'''
                    WHEN data_type = 'uuid' THEN '''00000000-0000-7000-8000-000000000001'''
                    WHEN data_type = 'bytea' THEN '''of-a''::bytea'
                    WHEN udt_name = '_uuid' THEN '''{00000000-0000-7000-8000-000000000001}'''
                    WHEN data_type = 'tsvector' THEN '''of-a'''
                    WHEN data_type = 'ARRAY' THEN 'ARRAY[''of-a'']'
                    WHEN data_type = 'USER-DEFINED' THEN format('(enum_range(NULL::%I))[1]', udt_name)
                    WHEN data_type = 'boolean' THEN 'true'
                    WHEN data_type LIKE 'timestamp%' THEN 'now() + interval ''1 hour'''
                    ELSE '1' END, ', ' ORDER BY ordinal_position) AS row
                  FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                  WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
                    AND table_name <> 'flyway_schema_history'
                  GROUP BY table_name LOOP
                EXECUTE format('INSERT INTO %I (%s) VALUES (%s)', t.table_name, t.names, t.row);
              END LOOP;
            END $$""";

    private final ApplicationContext context;
    private final Database database;

    EveryRepository(ApplicationContext context) {
        this.context = context;
        this.database = context.getBean(Database.class);
    }

    static String fill() {
        return FILL;
    }

    /// Those that say nothing of tenants.
    List<String> withoutTenant() {
        return context.getBeanDefinitions(Qualifiers.byStereotype(Repository.class)).stream()
                .filter(bean ->
                        !bean.hasStereotype(TenantRepository.class) && !bean.hasStereotype(EngineRepository.class))
                .map(bean -> bean.getBeanType().getName())
                .toList();
    }

    /// Entities whose tenant nothing fills in.
    List<String> entitiesWithoutTenant() {
        return methods(TenantRepository.class)
                .map(method -> entity(method.getDeclaringClass()))
                .distinct()
                .map(BeanIntrospection::getIntrospection)
                .filter(entity -> entity.getBeanProperties().stream()
                        .noneMatch(property -> property.hasAnnotation(io.micronaut.data.annotation.TenantId.class)))
                .map(entity -> entity.getBeanType().getName())
                .toList();
    }

    private static Class<?> entity(Class<?> repository) {
        var types = GenericTypeUtils.resolveInterfaceTypeArguments(repository, GenericRepository.class);
        return types[0];
    }

    /// What became of each call, by the method: what it gave, or what it refused. What a call wrote for its own tenant
    /// is taken away before the next one.
    TreeMap<String, Object> callAll(TenantId tenant, Runnable cleanUp) {
        return callEach((method, id) -> {
            try {
                return database.as(tenant, () -> call(method, id));
            } finally {
                cleanUp.run();
            }
        });
    }

    /// The same where nobody says for whom.
    TreeMap<String, Object> callAllWithoutTenant() {
        return callEach(this::call);
    }

    /// What becomes of calls to the engine's repositories outside [Database#asEngine], inside a tenant's transaction
    /// too.
    TreeMap<String, Object> callEngineOutside() {
        return callEach(
                methods(EngineRepository.class),
                (method, id) -> database.as(new TenantId("a"), () -> call(method, id)));
    }

    @FunctionalInterface
    private interface Caller {
        Object call(Method method, UUID id);
    }

    private TreeMap<String, Object> callEach(Caller caller) {
        return callEach(methods(TenantRepository.class), caller);
    }

    private static TreeMap<String, Object> callEach(Stream<Method> methods, Caller caller) {
        var results = new TreeMap<String, Object>();
        methods.forEach(method -> {
            for (var id : List.of(ID, LATER)) {
                String name = "%s.%s%s with %s"
                        .formatted(
                                method.getDeclaringClass().getSimpleName(),
                                method.getName(),
                                Arrays.toString(method.getParameterTypes()),
                                id);
                try {
                    results.put(name, shown(caller.call(method, id)));
                } catch (RuntimeException e) {
                    results.put(name, e);
                }
            }
        });
        return results;
    }

    private static Object shown(Object result) {
        return switch (result) {
            case null -> "nothing";
            case Optional<?> one -> one.map(Object.class::cast).orElse("nothing");
            case Number number when number.longValue() == 0 -> "nothing";
            case List<?> list when list.isEmpty() -> "nothing";
            default -> result;
        };
    }

    private Stream<Method> methods(Class<? extends Annotation> kind) {
        return context.getBeanDefinitions(Qualifiers.byStereotype(kind)).stream()
                .flatMap(bean -> Arrays.stream(bean.getBeanType().getInterfaces()))
                .filter(type -> type.isAnnotationPresent(kind))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()));
    }

    private Object call(Method method, UUID id) {
        try {
            method.setAccessible(true);
            return method.invoke(
                    context.getBean(method.getDeclaringClass()),
                    Arrays.stream(method.getAnnotatedParameterTypes())
                            .map(type -> type.isAnnotationPresent(Nullable.class)
                                    ? null
                                    : argument((Class<?>) raw(type.getType()), id))
                            .toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    private static Object argument(Class<?> type, UUID id) {
        if (type == String.class) {
            return MARK;
        } else if (type == UUID.class) {
            return id;
        } else if (type == byte[].class) {
            return MARK.getBytes(StandardCharsets.UTF_8);
        } else if (type == int.class || type == Integer.class) {
            return 1;
        } else if (type == long.class || type == Long.class) {
            return 1L;
        } else if (type == boolean.class || type == Boolean.class) {
            return true;
        } else if (type == Instant.class) {
            return Instant.now();
        } else if (type == TenantId.class) {
            return new TenantId("a");
        } else if (type == String[].class) {
            return new String[] {MARK};
        } else if (type == Set.class) {
            return Set.of();
        } else if (type == Pageable.class) {
            return Pageable.from(0, 10);
        } else if (type == Limit.class) {
            return Limit.of(10, 0);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type.isRecord()) {
            return record(type, id);
        }
        throw new IllegalStateException("No argument is known for the type " + type + ": add it here");
    }

    private static Object record(Class<?> type, UUID id) {
        var arguments = Arrays.stream(type.getRecordComponents())
                .map(part -> part.getName().equals("tenant") && part.getType() == String.class
                        ? "a"
                        : argument(part.getType(), id))
                .toArray();
        return BeanIntrospection.getIntrospection(type).instantiate(arguments);
    }
}
