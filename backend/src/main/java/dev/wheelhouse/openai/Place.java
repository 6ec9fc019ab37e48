package dev.wheelhouse.openai;

import dev.wheelhouse.runs.RunId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A step of a run, as ids that clients send back say it: of a call, the step that waits for its result; of a response,
/// the step after which it begins. So an id finds its run on any replica; 35 characters at most, as 40 are allowed.
record Place(RunId run, int step) {

    static final String CALL = "call_";
    static final String RESPONSE = "resp_";
    static final String MESSAGE = "msg_";
    static final String FUNCTION_CALL = "fc_";

    private static final Pattern FORM = Pattern.compile("([0-9a-z]{25})_(0|[1-9][0-9]{0,3})");
    private static final int RADIX = 36;

    /// Empty for ids that others made.
    static Optional<Place> read(String kind, String id) {
        var form = FORM.matcher(id.startsWith(kind) ? id.substring(kind.length()) : "");
        if (!form.matches()) {
            return Optional.empty();
        }
        var number = new BigInteger(form.group(1), RADIX);
        return number.bitLength() > 128
                ? Optional.empty()
                : Optional.of(new Place(
                        new RunId(new UUID(number.shiftRight(64).longValue(), number.longValue())),
                        Integer.parseInt(form.group(2))));
    }

    String id(String kind) {
        var bytes = ByteBuffer.allocate(16)
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits());
        String digits = new BigInteger(1, bytes.array()).toString(RADIX);
        return kind + "0".repeat(25 - digits.length()) + digits + "_" + step;
    }
}
