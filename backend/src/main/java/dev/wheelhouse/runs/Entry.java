package dev.wheelhouse.runs;

/// An event before it is written: it gets its `seq` and time when it is. `data` is in the stored form of [EventData].
record Entry(String type, int step, String data) {}
