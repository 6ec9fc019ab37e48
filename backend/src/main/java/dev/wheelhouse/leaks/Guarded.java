package dev.wheelhouse.leaks;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.StepContext;
import java.util.regex.Pattern;

/// Shows text as it comes, but holds back the beginning of what may become an address until it is whole.
public final class Guarded implements StepContext {

    private static final Pattern BEGINS = Pattern.compile("(?i)[:/\\\\&]|(?:\\bw{1,3}$)|\\bwww");

    private final StepContext step;
    private final Leaks leaks;
    private final StringBuilder held = new StringBuilder();

    Guarded(StepContext step, Leaks leaks) {
        this.step = step;
        this.leaks = leaks;
    }

    @Override
    public void delta(String text) {
        held.append(text);
        int space = lastSpace();
        show(space + 1);
        if (!BEGINS.matcher(held).find()) {
            show(held.length());
        }
    }

    private int lastSpace() {
        for (int at = held.length() - 1; at >= 0; at--) {
            if (Character.isWhitespace(held.charAt(at))) {
                return at;
            }
        }
        return -1;
    }

    private void show(int length) {
        if (length > 0) {
            String whole = leaks.close(held.substring(0, length));
            held.delete(0, length);
            step.delta(whole);
        }
    }

    /// No more comes: shows what was held back.
    public void end() {
        show(held.length());
    }

    @Override
    public void reset() {
        held.setLength(0);
        step.reset();
    }

    @Override
    public TenantId tenant() {
        return step.tenant();
    }

    @Override
    public RunId run() {
        return step.run();
    }

    @Override
    public int step() {
        return step.step();
    }

    @Override
    public int epoch() {
        return step.epoch();
    }

    @Override
    public int attempt() {
        return step.attempt();
    }

    @Override
    public String idempotencyKey() {
        return step.idempotencyKey();
    }

    @Override
    public void ensureOwned() {
        step.ensureOwned();
    }
}
