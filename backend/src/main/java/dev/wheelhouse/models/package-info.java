/// Calls language models by alias.
@NullMarked
package dev.wheelhouse.models;

import org.jspecify.annotations.NullMarked;
