package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    write to jane.doe+shop@mail.example.co.uk! | write to [email]!
                    mail=jane%40example.com&x=1                | mail=[email]&x=1
                    jürgen@müller.de, a@b.io                   | [email], [email]
                    no address: @jane, jane@, @                | no address: @jane, jane@, @
                    call +49 30 901820 today                   | call [phone] today
                    call (030) 90 18-20.                       | call [phone].
                    call 0301234567 or 0170/1234567            | call [phone] or [phone]
                    card 4111 1111 1111 1111 declined          | card [card] declined
                    card 4111-1111-1111-1111                   | card [card]
                    amex 378282246310005                       | amex [card]
                    16 digits, no card: 4111111111111112       | 16 digits, no card: [number]
                    030 1234567 4111111111111111               | [number]
                    order 123456 of 2026-03-01, 3 pieces       | order 123456 of 2026-03-01, 3 pieces
                    at 2026-03-01 10:30 for 19.90 EUR          | at 2026-03-01 10:30 for 19.90 EUR
                    ٠٣٠١٢٣٤٥٦٧                                 | [phone]
                    """)
    void addressesAndNumbersAreTakenOutOfText(String text, String masked) {
        assertThat(TextMask.text(text)).isEqualTo(masked);
        assertThat(TextMask.text(masked)).as("masked once more").isEqualTo(masked);
    }

    @Test
    void codesKeepTheirDigitsAndLoseTheirAddresses() {
        assertThat(TextMask.emails("/orders/4111111111111111?to=jane@example.com"))
                .isEqualTo("/orders/4111111111111111?to=[email]");
    }

    @Test
    void hostileTextIsMaskedInTime() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    TextMask.text("a.".repeat(200_000) + "@");
                    TextMask.text("@" + "a-".repeat(200_000));
                    TextMask.text("a@b.".repeat(100_000));
                    TextMask.text("1 ".repeat(200_000));
                    TextMask.text("+(".repeat(200_000));
                    TextMask.text("( ".repeat(200_000));
                });
    }
}
