/// When a schedule comes due: five fields as cron has them, or six with seconds, read in a time zone.
///
/// Front door: [dev.wheelhouse.cron.Cron].
///
/// **Invariants**: a text is refused with every field that is wrong and what to write instead. Times are strictly
/// after the one that is asked about. Where clocks are put forward, what falls into the gap comes once, right behind
/// it; where they are put back, it comes once, the first time. A schedule whose hours begin with `*` counts real time
/// through both. Absent on purpose: years, `@reboot`, and any clock: who asks says what time it is.
@NullMarked
package dev.wheelhouse.cron;

import org.jspecify.annotations.NullMarked;
