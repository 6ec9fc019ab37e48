package dev.wheelhouse.database;

import io.micronaut.data.annotation.ParameterExpression;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A repository of one tenant's rows. It works inside [Database#as] and nowhere else.
///
/// Statements that are made from a method's name carry the tenant by themselves, since their entity says which column
/// it is. Those written out in `@Query` name it as `:tenant`, which is filled in here.
@JdbcRepository(dialect = Dialect.POSTGRES, dataSource = "app")
@ParameterExpression(name = "tenant", expression = "#{T(dev.wheelhouse.database.CurrentTenant).name()}")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TenantRepository {}
