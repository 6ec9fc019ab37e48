package dev.wheelhouse.models;

import java.time.Duration;
import java.util.List;

/// Tells many listeners as if they were one.
record ListenerList(List<ModelListener> listeners) implements ModelListener {

    static ModelListener of(List<ModelListener> listeners) {
        return new ListenerList(List.copyOf(listeners));
    }

    @Override
    public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
        listeners.forEach(listener -> listener.called(call, reply, took, toFirstDelta));
    }

    @Override
    public void failed(ModelCall call, String provider, String name, String code, Duration took) {
        listeners.forEach(listener -> listener.failed(call, provider, name, code, took));
    }
}
