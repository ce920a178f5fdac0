package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.event.Identifier;
import io.tributary.event.Namespace;
import io.tributary.event.Namespace.Normaliser;
import io.tributary.event.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected values were computed with Python's hmac, hashlib and cryptography. */
class PseudonymiserTest {

    private static final Namespace EMAIL =
            new Namespace("email", Tier.CONTACT, 1, Normaliser.EMAIL, true);
    private static final Namespace USER =
            new Namespace("user_id", Tier.ACCOUNT, 2, Normaliser.TRIM, false);

    private final Pseudonymiser pseudonymiser =
            new Pseudonymiser(IdentifierSecret.publishedTestKey());

    @Test
    void aPseudonymIsTheFirst128BitsOfTheKeyedHash() {
        assertThat(pseudonymiser.pseudonym(USER, "u-1001"))
                .isEqualTo(new Identifier("user_id", "77c5b1c8d1639528c095efd45e5a4aa6"));
    }

    @Test
    void aDeliverableIdentifierIsAlsoSealed() {
        byte[] sealed =
                HexFormat.of()
                        .parseHex(
                                "a265807e88351bc5c8812e79ae997c7484a6db6beaf5c9c55f1bd6d3c6000412"
                                        + "01312f52");
        assertThat(pseudonymiser.pseudonym(EMAIL, "jane.doe@example.com"))
                .isEqualTo(new Identifier("email", "747ebbf01720c127aed89cc8c5fcb7d6", sealed));
    }

    @Test
    void aSealOpensOnlyForItsNamespaceAndSecret() throws Exception {
        byte[] sealed = pseudonymiser.pseudonym(EMAIL, "jane.doe@example.com").sealed();
        assertThat(pseudonymiser.open("email", sealed)).isEqualTo("jane.doe@example.com");
        assertThatThrownBy(() -> pseudonymiser.open("phone", sealed))
                .isInstanceOf(GeneralSecurityException.class);
        Pseudonymiser other =
                new Pseudonymiser(
                        IdentifierSecret.fromEnvironment(Map.of("S", "x".repeat(32)), "S"));
        assertThatThrownBy(() -> other.open("email", sealed))
                .isInstanceOf(GeneralSecurityException.class);
        assertThat(other.pseudonym(USER, "u-1001"))
                .isNotEqualTo(pseudonymiser.pseudonym(USER, "u-1001"));
    }

    @Test
    void oneValueInTwoNamespacesIsTwoPseudonyms() {
        assertThat(pseudonymiser.pseudonym(USER, "jane.doe@example.com").value())
                .isNotEqualTo(pseudonymiser.pseudonym(EMAIL, "jane.doe@example.com").value());
    }

    @Test
    void aSecretIsTheSameFromFileAndEnvironment(@TempDir Path folder) throws IOException {
        String secret = "0123456789abcdef0123456789abcdef";
        Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
        assertThat(new Pseudonymiser(IdentifierSecret.fromFile(file)).pseudonym(USER, "u"))
                .isEqualTo(
                        new Pseudonymiser(
                                        IdentifierSecret.fromEnvironment(
                                                Map.of("SECRET", secret), "SECRET"))
                                .pseudonym(USER, "u"));
    }

    @Test
    void aShortOrMissingSecretIsRefusedWithAReason(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
        assertThatThrownBy(() -> IdentifierSecret.fromFile(file))
                .hasMessageStartingWith("the identifier secret in file " + file)
                .hasMessageContaining("has 16 bytes, it needs at least 32");
        assertThatThrownBy(() -> IdentifierSecret.fromFile(folder.resolve("none")))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> IdentifierSecret.fromEnvironment(Map.of(), "SECRET"))
                .hasMessageContaining("environment variable SECRET is not set");
        assertThatThrownBy(() -> IdentifierSecret.fromEnvironment(Map.of("SECRET", "x"), "SECRET"))
                .hasMessageContaining("has 1 bytes");
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(IdentifierSecret.publishedTestKey()).hasToString("IdentifierSecret(not shown)");
    }
}
