package io.tributary.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CustomerEventSerializerTest {

    /** Layout version 1: state written by a released version holds these bytes. */
    private static final String VERSION_1 =
            "01"
                    + ("00000003" + "652d31") // id e-1
                    + ("00000009" + "7369676e65645f696e") // type signed_in
                    + ("00000003" + "776562") // channel web
                    + ("00000006" + "73656e646572") // source sender
                    + "0000019ca8d4f100" // time
                    + "0000019ca8d4f101" // originalTime
                    + "0000019ca8d4f102" // receivedTime
                    + "00000002"
                    + ("00000005" + "656d61696c" + "00000002" + "6162" + "00000002" + "beef")
                    + ("00000007" + "757365725f6964" + "00000002" + "6364" + "ffffffff")
                    + ("0000000c" + "7b2261223a22c3a4c3b6227d");

    private static final CustomerEvent GOLDEN =
            new CustomerEvent(
                    "e-1",
                    "signed_in",
                    0x19ca8d4f100L,
                    0x19ca8d4f101L,
                    0x19ca8d4f102L,
                    "web",
                    "sender",
                    List.of(
                            new Identifier("email", "ab", new byte[] {(byte) 0xbe, (byte) 0xef}),
                            new Identifier("user_id", "cd")),
                    "{\"a\":\"äö\"}".getBytes(StandardCharsets.UTF_8));

    @Test
    void anEventHasTheBytesOfLayoutVersionOne() throws IOException {
        assertThat(HexFormat.of().formatHex(write(GOLDEN))).isEqualTo(VERSION_1);
    }

    @Test
    void bytesOfLayoutVersionOneAreRead() throws IOException {
        assertThat(read(HexFormat.of().parseHex(VERSION_1))).isEqualTo(GOLDEN);
    }

    @Test
    void anUnknownLayoutVersionIsNotGuessedAt() {
        byte[] bytes = HexFormat.of().parseHex(VERSION_1);
        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("customer event of unknown layout version 9");
    }

    @Test
    void anyEventSurvivesTheRoundTrip() throws IOException {
        Random random = new Random(20260301);
        for (int i = 0; i < 2_000; i++) {
            CustomerEvent event = randomEvent(random);
            byte[] bytes = write(event);
            assertThat(read(bytes)).isEqualTo(event);
            DataOutputSerializer copied = new DataOutputSerializer(64);
            CustomerEventSerializer.INSTANCE.copy(new DataInputDeserializer(bytes), copied);
            assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
        }
    }

    @Test
    void flinkFindsTheSerializerByItself() {
        assertThat(TypeInformation.of(CustomerEvent.class))
                .isInstanceOf(CustomerEventTypeInfo.class);
    }

    private static CustomerEvent randomEvent(Random random) {
        TreeSet<Identifier> identifiers = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] sealed = random.nextBoolean() ? null : new byte[random.nextInt(40)];
            if (sealed != null) {
                random.nextBytes(sealed);
            }
            identifiers.add(new Identifier(text(random), text(random), sealed));
        }
        return new CustomerEvent(
                text(random),
                text(random),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                text(random),
                text(random),
                new ArrayList<>(identifiers),
                CanonicalJson.bytes(CanonicalJson.object().put(text(random), text(random))));
    }

    /** Any code points but surrogates, which have no UTF-8 form; ingest replaces them. */
    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] write(CustomerEvent event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        CustomerEventSerializer.INSTANCE.serialize(event, out);
        return out.getCopyOfBuffer();
    }

    private static CustomerEvent read(byte[] bytes) throws IOException {
        return CustomerEventSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
