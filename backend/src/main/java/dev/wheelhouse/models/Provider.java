package dev.wheelhouse.models;

import java.time.Duration;

/// One model of one company, server or process: a single try, no retries.
public interface Provider {

    /// Ends within `budget`, on the calling thread; text reaches the watcher as it comes.
    Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException;
}
