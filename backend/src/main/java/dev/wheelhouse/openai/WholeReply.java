package dev.wheelhouse.openai;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reply that is kept until it is whole.
final class WholeReply implements Reply {

    private final StringBuilder text = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private @Nullable Ending ending;

    @Override
    public void text(String added) {
        text.append(added);
    }

    @Override
    public void calls(List<Call> all) {
        calls.addAll(all);
    }

    @Override
    public void end(Ending end) {
        ending = end;
    }

    @Override
    public void fail(Unanswered why) {}

    String text() {
        return text.toString();
    }

    List<Call> calls() {
        return calls;
    }

    Ending ending() {
        return ending == null ? new Ending(Finish.STOP, 0, 0, 0) : ending;
    }
}
