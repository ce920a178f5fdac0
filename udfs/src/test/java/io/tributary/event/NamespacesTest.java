package io.tributary.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.Namespaces.Standing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NamespacesTest {

    private static final String DEFINITION =
            """
            namespaces:
              - {name: anonymous_id, tier: device, rank: 10}
              - {name: phone, tier: contact, rank: 20, normaliser: phone, region: DE}
              - {name: email, tier: contact, rank: 30, normaliser: email, deliverable: true}
              - {name: user_id, tier: account, rank: 40, normaliser: lowercase}
            blocked:
              any: ["null", Unknown]
              email: [Test@Test.com]
              phone: [030 111111]
            hints:
              - {type: email_opened, namespace: email}
              - {source: newsletter}
              - {source: newsletter, type: signed_up, as: asserted}
            """;

    @Test
    void spellingsOfOneValueAreOneValue() {
        Namespaces namespaces = read(DEFINITION);
        assertThat(namespaces.normalise("anonymous_id", " aB ")).contains("aB");
        assertThat(namespaces.normalise("user_id", "\u00A0U-1 ")).isNotEmpty();
        assertThat(namespaces.normalise("user_id", " U-1\t")).contains("u-1");
        assertThat(namespaces.normalise("email", " Jane@Example.COM")).contains("jane@example.com");
        for (String spelling :
                List.of("030 901820", "(030) 90 18-20", "+49 30 901820", "0049 30 901820")) {
            assertThat(namespaces.normalise("phone", spelling)).contains("+4930901820");
        }
        assertThat(namespaces.normalise("phone", "+1 415 555 2671")).contains("+14155552671");
    }

    @Test
    void whatDoesNotFitItsNamespaceStandsForNobody() {
        Namespaces namespaces = read(DEFINITION);
        for (String none : List.of("", " ", "jane", "@example.com", "jane@", "a@b@c", "a b@c.de")) {
            assertThat(namespaces.normalise("email", none)).as(none).isEmpty();
        }
        for (String none : List.of("", "hidden", "12", "+49", "1".repeat(30))) {
            assertThat(namespaces.normalise("phone", none)).as(none).isEmpty();
        }
        assertThat(namespaces.normalise("user_id", "x".repeat(513))).isEmpty();
        assertThat(namespaces.normalise("never_heard_of", "x")).isEmpty();
    }

    @Test
    void aBlockedValueStandsForNobodyInAnySpelling() {
        Namespaces namespaces = read(DEFINITION);
        assertThat(namespaces.normalise("anonymous_id", " NULL ")).isEmpty();
        assertThat(namespaces.normalise("user_id", "unknown")).isEmpty();
        assertThat(namespaces.normalise("email", "test@TEST.com ")).isEmpty();
        assertThat(namespaces.normalise("phone", "+49 30 111111")).isEmpty();
        assertThat(namespaces.normalise("user_id", "test@test.com")).contains("test@test.com");
    }

    @Test
    void aPhoneNumberWithoutCountryCodeNeedsARegion() {
        Namespaces namespaces =
                read(DEFINITION.replace(", region: DE", "").replace("030 111111", "x"));
        assertThat(namespaces.normalise("phone", "030 901820")).isEmpty();
        assertThat(namespaces.normalise("phone", "+49 30 901820")).contains("+4930901820");
    }

    @Test
    void theLastRuleThatCoversAnIdentifierSaysHowFirmItIs() {
        Namespaces namespaces = read(DEFINITION);
        assertThat(namespaces.standing("web", "email_opened", "email")).isEqualTo(Standing.HINT);
        assertThat(namespaces.standing("web", "email_opened", "user_id"))
                .isEqualTo(Standing.ASSERTED);
        assertThat(namespaces.standing("newsletter", "page_viewed", "user_id"))
                .isEqualTo(Standing.HINT);
        assertThat(namespaces.standing("newsletter", "signed_up", "email"))
                .isEqualTo(Standing.ASSERTED);
    }

    @Test
    void namespacesComeLowestRankFirst() {
        Namespaces namespaces = read(DEFINITION);
        assertThat(namespaces.byRank())
                .extracting(Namespace::name)
                .containsExactly("anonymous_id", "phone", "email", "user_id");
        assertThat(namespaces.named("email").map(Namespace::tier)).contains(Tier.CONTACT);
        assertThat(namespaces.named("email").map(Namespace::deliverable)).contains(true);
    }

    @Test
    void everythingWrongIsToldAtItsLineAndColumn() {
        Problems problems = new Problems();
        Namespaces.read(
                definitions(
                        """
                        namespaces:
                          - {name: email, tier: contact, rank: 30, normaliser: email, region: DE}
                          - {name: anonymous_id, tier: device, rank: 30}
                          - {name: email, tier: account, rank: 50}
                          - {name: phone, tier: account, rank: 60, normaliser: phone, region: XX}
                          - {name: any, tier: house, rank: high, colour: red}
                        blocked:
                          telephone: [x]
                        hints:
                          - {namespace: fax}
                        """),
                problems);
        assertThat(problems.sorted())
                .extracting(Problem::line, Problem::column)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(
                                tuple(2, 71),
                                tuple(3, 32),
                                tuple(3, 46),
                                tuple(4, 12),
                                tuple(5, 71),
                                tuple(6, 12),
                                tuple(6, 23),
                                tuple(6, 36),
                                tuple(6, 42),
                                tuple(8, 3),
                                tuple(10, 17)));
    }

    private static Namespaces read(String text) {
        Problems problems = new Problems();
        Namespaces read = Namespaces.read(definitions(text), problems);
        problems.throwIfAny();
        return read;
    }

    private static Definitions definitions(String text) {
        return Definitions.of(
                new TreeMap<>(Map.of(Definitions.IDENTITY, new SourceFile("identity.yaml", text))));
    }
}
