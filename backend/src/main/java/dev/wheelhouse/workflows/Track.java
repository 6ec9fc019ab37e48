package dev.wheelhouse.workflows;

/// The numbers that the steps of one machine take. States that follow each other take one after the other;
/// machines side by side share what follows by turns, so that each step has the same number whichever of them
/// is faster.
///
/// @param first the number at place 0
/// @param stride from one place to the next
record Track(int first, int stride) {

    /// Beyond this no run goes.
    static final int MOST = 50_000_000;

    static final Track WHOLE = new Track(1, 1);

    int number(int place) {
        return (int) Math.min((long) first + (long) place * stride, MOST);
    }

    /// The track of one of several machines side by side that begin at this place.
    Track branch(int place, int branch, int branches) {
        long wide = (long) stride * branches;
        return new Track(number(place + branch), (int) Math.min(wide, MOST));
    }

    /// The first place whose number is above this one.
    int placeAfter(int number) {
        return number < first ? 0 : (number - first) / stride + 1;
    }
}
