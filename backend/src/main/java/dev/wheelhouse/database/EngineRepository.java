package dev.wheelhouse.database;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A repository of rows of all tenants, as the engine's role sees them: what is looked for beside all requests. It
/// works inside [Database#asEngine] and nowhere else.
///
/// Statements that are made from a method's name are annotated with
/// [io.micronaut.data.annotation.WithoutTenantId]; without it they fail, because nobody says for whom.
@JdbcRepository(dialect = Dialect.POSTGRES, dataSource = "engine")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EngineRepository {}
