package dev.wheelhouse.database;

import io.micronaut.core.beans.BeanIntrospectionReference;
import io.micronaut.core.io.service.MicronautMetaServiceLoaderUtils;
import io.micronaut.core.io.service.SoftServiceLoader;
import io.micronaut.core.optim.StaticOptimizations;
import io.micronaut.inject.BeanDefinitionReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps parts of Micronaut Data and Flyway that nobody here uses out of the start and out of memory.
///
/// At its first query Micronaut Data goes through all introspections there are and loads the class that each describes:
/// 200 of its own, most of them for repositories that answer asynchronously, by streams or by criteria. Ours answer
/// plainly. A repository that asks for one of these all the same fails at its first call, in every test of it.
public final class SkipUnused implements StaticOptimizations.Loader<SoftServiceLoader.Optimizations> {

    private static final MethodHandles.Lookup MAKER = MethodHandles.publicLookup();

    private static final List<String> INTROSPECTIONS = List.of(
            "io.micronaut.data.intercept.async.",
            "io.micronaut.data.intercept.reactive.",
            "io.micronaut.data.model.$",
            "io.micronaut.data.model.jpa.",
            "io.micronaut.data.model.query.builder.jpa.",
            "io.micronaut.data.runtime.intercept.async.",
            "io.micronaut.data.runtime.intercept.criteria.",
            "io.micronaut.data.runtime.intercept.reactive.",
            "io.micronaut.flyway.endpoint.");

    /// What other databases, schemas made at the start, and events of entities would need.
    private static final List<String> BEANS = List.of(
            "io.micronaut.data.jdbc.config.$SchemaGenerator",
            "io.micronaut.data.jdbc.convert.vendor.",
            "io.micronaut.data.model.query.builder.sql.validation.",
            "io.micronaut.data.runtime.criteria.metamodel.",
            "io.micronaut.data.runtime.event.listeners.$AutoTimestamp",
            "io.micronaut.data.runtime.event.listeners.$UUIDGenerating",
            "io.micronaut.data.runtime.event.listeners.$VersionGenerating",
            "io.micronaut.flyway.endpoint.");

    @Override
    public SoftServiceLoader.Optimizations load() {
        return new SoftServiceLoader.Optimizations(Map.of(
                BeanIntrospectionReference.class.getName(),
                new Used<>(BeanIntrospectionReference.class, INTROSPECTIONS),
                BeanDefinitionReference.class.getName(),
                new Used<>(BeanDefinitionReference.class, BEANS)));
    }

    /// All of a kind but the unused ones, found as the framework finds them.
    private record Used<S>(Class<S> kind, List<String> unused) implements SoftServiceLoader.StaticServiceLoader<S> {

        @Override
        public Stream<SoftServiceLoader.StaticDefinition<S>> findAll(Predicate<String> wanted) {
            return names().filter(wanted.and(name -> unused.stream().noneMatch(name::startsWith)))
                    .map(name -> SoftServiceLoader.StaticDefinition.of(name, () -> make(name)));
        }

        /// On all processors, as the framework does it: at a start nothing else can begin before.
        @Override
        public List<S> load(Predicate<String> wanted, @Nullable Predicate<S> fits) {
            return findAll(wanted)
                    .parallel()
                    .map(SoftServiceLoader.StaticDefinition::load)
                    .filter(made -> made != null && (fits == null || fits.test(made)))
                    .toList();
        }

        private Stream<String> names() {
            try {
                return MicronautMetaServiceLoaderUtils.findMicronautMetaServiceEntries(
                        SkipUnused.class.getClassLoader(), kind.getName())
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Null where it is made for a library that is not here, as the framework's own bridges are.
        private @Nullable S make(String name) {
            try {
                return kind.cast(MAKER.findConstructor(Class.forName(name), MethodType.methodType(void.class))
                        .invoke());
            } catch (NoClassDefFoundError | ClassNotFoundException e) {
                return null;
            } catch (Throwable e) {
                throw new IllegalStateException("\"%s\" is listed but cannot be made".formatted(name), e);
            }
        }
    }
}
