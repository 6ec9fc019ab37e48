package dev.wheelhouse.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The route's body may hold pictures: it may be as large as any body. Other routes that take JSON take less
/// ([dev.wheelhouse.rest.Fields#LARGEST]).
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TakesPictures {}
