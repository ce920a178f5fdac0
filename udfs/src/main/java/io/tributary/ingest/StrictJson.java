package io.tributary.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as RFC 8259 has it and no looser: UTF-8, one value, no field twice, nothing nested deeper
 * than {@link #DEEPEST}, numbers within the range of a double. A byte order mark is skipped.
 */
final class StrictJson {

    /** Objects and lists inside one another; the outermost counts as 1. */
    static final int DEEPEST = 64;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    // seen as tokens, so that they are told from other malformed text
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(2 * DEEPEST).build())
                    .build();

    /**
     * @param root the value
     * @param items where the parts of a batch stand: the items of a list at the root, or of a list
     *     in its field {@code batch}
     */
    record Document(JsonNode root, List<Span> items) {}

    /**
     * A part's own bytes.
     *
     * @param node its value
     */
    record Span(JsonNode node, byte[] bytes) {}

    private final String text;
    private final JsonParser parser;
    private final List<Span> items = new ArrayList<>();

    private StrictJson(String text) throws IOException {
        this.text = text;
        this.parser = FACTORY.createParser(text.toCharArray());
    }

    /**
     * @throws Refusal NOT_UTF8, NOT_JSON, TOO_DEEP, NOT_A_NUMBER or DUPLICATE_KEY
     */
    static Document parse(byte[] bytes) {
        try {
            StrictJson reading = new StrictJson(decode(bytes));
            return new Document(reading.document(), reading.items);
        } catch (JsonProcessingException e) {
            // the parser's own message may quote the text, which may hold an identifier
            JsonLocation at = e.getLocation();
            throw new Refusal(
                    RejectionReason.NOT_JSON,
                    "not well-formed JSON"
                            + (at == null ? "" : " at character " + (at.getCharOffset() + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws Refusal NOT_UTF8 with the place of the first byte that is none
     */
    static String decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        if (result.isError()) {
            throw new Refusal(RejectionReason.NOT_UTF8, "not UTF-8 at byte " + in.position());
        }
        String text = out.flip().toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private JsonNode document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refusal(RejectionReason.NOT_JSON, "empty");
        }
        JsonNode root = value(first, 1, first == JsonToken.START_ARRAY);
        if (parser.nextToken() != null) {
            throw new Refusal(RejectionReason.NOT_JSON, "more text after the value" + place());
        }
        return root;
    }

    private JsonNode value(JsonToken token, int depth, boolean batch) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth, batch);
            case VALUE_STRING -> TextNode.valueOf(wellFormed(parser.getText()));
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? number(parser.getDoubleValue())
                            : JsonNodeFactory.instance.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
            default -> throw new Refusal(RejectionReason.NOT_JSON, "unexpected token" + place());
        };
    }

    private ObjectNode object(int depth) throws IOException {
        checkDepth(depth);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw new Refusal(RejectionReason.DUPLICATE_KEY, "a field twice" + place());
            }
            JsonToken token = parser.nextToken();
            boolean batch = depth == 1 && token == JsonToken.START_ARRAY && name.equals("batch");
            object.set(name, value(token, depth + 1, batch));
        }
        return object;
    }

    private ArrayNode array(int depth, boolean batch) throws IOException {
        checkDepth(depth);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            JsonNode item = value(t, depth + 1, false);
            array.add(item);
            if (batch) {
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                byte[] bytes = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
                items.add(new Span(item, bytes));
            }
        }
        return array;
    }

    private void checkDepth(int depth) {
        if (depth > DEEPEST) {
            throw new Refusal(RejectionReason.TOO_DEEP, "nested deeper than " + DEEPEST + place());
        }
    }

    /** Negative zero becomes zero, so that equal numbers have equal bytes. */
    private DoubleNode number(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new Refusal(RejectionReason.NOT_A_NUMBER, "not a finite number" + place());
        }
        return DoubleNode.valueOf(value == 0 ? 0.0 : value);
    }

    /** Half of a surrogate pair has no UTF-8 form; it becomes U+FFFD before anybody compares. */
    private static String wellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return value.codePoints()
                        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
            }
        }
        return value;
    }

    private String place() {
        return " at character " + (parser.currentTokenLocation().getCharOffset() + 1);
    }
}
