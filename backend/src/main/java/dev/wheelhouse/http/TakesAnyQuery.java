package dev.wheelhouse.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Others write this route's query and add to it what they like, as clients of OpenAI's API (`api-version`) and
/// probes do; or the route itself tells what it does not know. On a class: all its routes.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesAnyQuery {}
