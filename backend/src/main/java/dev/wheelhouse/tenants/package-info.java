/// Who owns data and who may ask.
@NullMarked
package dev.wheelhouse.tenants;

import org.jspecify.annotations.NullMarked;
