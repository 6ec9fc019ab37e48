package dev.wheelhouse.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;

/// JSON as trees and text, with limits that keep hostile input cheap (64 levels, 1,000,000 characters a string, 1,000
/// digits before or behind the point of a number). A number keeps exactly the value that was written.
public final class Json {

    /// Jackson's usual pool gives each thread its own buffers, and a virtual thread lives for one run.
    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newBoundedPool(32);

    private static final ObjectMapper MAPPER = new ObjectMapper(factory(1_000_000));

    static {
        MAPPER.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
                .setNodeFactory(new ExactNumbers());
    }

    private static final ObjectMapper OF_PICTURES = MAPPER.copyWith(factory(10_000_000));
    private static final ObjectMapper LENIENT = lenient();

    private static ObjectMapper lenient() {
        var mapper = MAPPER.copyWith(factory(1_000_000)
                .rebuild()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build());
        mapper.setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
        return mapper;
    }

    private static JsonFactory factory(int longestText) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxStringLength(longestText)
                        .build())
                .recyclerPool(BUFFERS)
                .build();
    }

    /// Arithmetic on a number such as 1e999999999 would take for ever.
    private static final class ExactNumbers extends JsonNodeFactory {

        private static final int MOST_DIGITS = 1_000;

        ExactNumbers() {
            super(true);
        }

        @Override
        public ValueNode numberNode(BigDecimal number) {
            long before = (long) number.precision() - number.scale();
            if (number.signum() != 0 && Math.max(before, number.scale()) > MOST_DIGITS) {
                throw notJson("a number has more than 1,000 digits");
            }
            return super.numberNode(number.signum() == 0 && number.scale() < 0 ? BigDecimal.ZERO : number);
        }
    }

    private Json() {}

    /// Parses a tree; refuses text that is not JSON, is nested too deeply, or has something after the value.
    public static JsonNode read(String text) {
        return read(text, MAPPER);
    }

    /// The same of what may hold pictures as text: a string may have 10,000,000 characters.
    public static JsonNode readPictures(String text) {
        return read(text, OF_PICTURES);
    }

    private static JsonNode read(String text, ObjectMapper mapper) {
        try {
            return readAll(text, mapper);
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw notJson(String.valueOf(e.getMessage()));
        }
    }

    /// Closed in every case: what a parser holds goes back to the pool only then.
    private static JsonNode readAll(String text, ObjectMapper mapper) throws java.io.IOException {
        try (var parser = mapper.getFactory().createParser(text)) {
            JsonNode node = mapper.readTree(parser);
            if (node == null || parser.nextToken() != null) {
                throw notJson(node == null ? "it is empty" : "unexpected text after the value");
            }
            return node;
        }
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The text as a JSON string, quotes included.
    public static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /// The same, added to what is there.
    public static void quote(String text, StringBuilder to) {
        to.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, to);
        to.append('"');
    }

    /// How many levels of objects and lists there are.
    public static int depth(JsonNode node) {
        int deepest = 0;
        for (var inner : node) {
            deepest = Math.max(deepest, depth(inner));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /// For what others write by hand: NaN, line breaks in texts, needless escapes and commas, numbers of any size.
    public static ObjectMapper lenientMapper() {
        return LENIENT;
    }

    private static Problem notJson(String why) {
        return new Problem(ErrorCode.BAD_REQUEST, "This is not JSON: " + Text.shorten(why, 200));
    }
}
