package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchIdTest {

    private static Map<String, List<String>> steps(Object... stepsAndIds) {
        Map<String, List<String>> events = new LinkedHashMap<>();
        for (int i = 0; i < stepsAndIds.length; i += 2) {
            @SuppressWarnings("unchecked")
            List<String> ids = (List<String>) stepsAndIds[i + 1];
            events.put((String) stepsAndIds[i], ids);
        }
        return events;
    }

    @Test
    void theIdIsTheHashOfLengthPrefixedTexts() throws Exception {
        String hashed =
                "\0\0\0\20cart-abandonment"
                        + "\0\0\0\4cart\0\0\0\1\0\0\0\2e1"
                        + "\0\0\0\10checkout\0\0\0\2\0\0\0\2e2\0\0\0\2e3";
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(hashed.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(
                        MatchId.of(
                                "cart-abandonment",
                                steps("cart", List.of("e1"), "checkout", List.of("e2", "e3"))))
                .isEqualTo(HexFormat.of().formatHex(digest, 0, 16))
                .isEqualTo("75e7647de60df1959cc776bc9186ca08");
    }

    @Test
    void whereOneTextEndsAndTheNextBeginsIsPartOfTheId() {
        assertThat(
                        List.of(
                                MatchId.of("p", steps("a", List.of("bc"))),
                                MatchId.of("p", steps("ab", List.of("c"))),
                                MatchId.of("pa", steps("b", List.of("c"))),
                                MatchId.of("p", steps("a", List.of("b", "c"))),
                                MatchId.of("p", steps("a", List.of("b"), "c", List.of()))))
                .doesNotHaveDuplicates();
    }
}
