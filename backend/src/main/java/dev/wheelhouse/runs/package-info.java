/// The run engine.
@NullMarked
package dev.wheelhouse.runs;

import org.jspecify.annotations.NullMarked;
