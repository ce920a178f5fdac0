package io.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

    private static final String GOOD =
            """
            id: cart-abandonment
            version: 1
            name: Cart abandoned
            severity: high
            sequence:
              - {as: cart, on: product_added, times: {min: 2}}
              - {notFollowedBy: [order_completed], within: 30m}
            within: 2h
            skip: {to_first: cart}
            intervention: {action: call, channels: [web], expires: 10m, holdout: 0.1}
            """;

    private static List<String> check(String text) {
        Problems problems = new Problems();
        YamlNode.parse("p.yaml", text, problems)
                .ifPresent(tree -> SchemaCheck.check(tree, "pattern", problems));
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    private static List<String> withReplaced(String what, String by) {
        assertThat(GOOD).contains(what);
        return check(GOOD.replace(what, by));
    }

    @Test
    void aConformingFileHasNoProblem() {
        assertThat(check(GOOD)).isEmpty();
    }

    @Test
    void anUnknownKeyIsReportedAtTheKeyWithTheNameThatWasMeant() {
        assertThat(withReplaced("severity: high", "sverity: high"))
                .containsExactly(
                        "p.yaml:1:1: missing key 'severity'",
                        "p.yaml:4:1: unknown key 'sverity'; did you mean 'severity'?");
    }

    @Test
    void aValueOutsideAnEnumerationNamesTheAllowedOnes() {
        assertThat(withReplaced("severity: high", "severity: hgh"))
                .containsExactly(
                        "p.yaml:4:11: expected one of low, medium, high, critical, found 'hgh'; did"
                                + " you mean 'high'?");
    }

    @Test
    void aValueOfTheWrongKindIsDescribedByTheTitle() {
        assertThat(withReplaced("version: 1", "version: one"))
                .containsExactly("p.yaml:2:10: expected a whole number from 1, found 'one'");
    }

    @Test
    void aNumberIsNotADuration() {
        assertThat(withReplaced("within: 2h", "within: 120"))
                .containsExactly(
                        "p.yaml:8:9: expected a duration such as 90s, 30m, 2h, 7d or 1h30m, found"
                                + " '120'");
    }

    @Test
    void ofSeveralFormsOnlyTheOneThatWasMeantIsExplained() {
        assertThat(withReplaced("skip: {to_first: cart}", "skip: {to_frist: cart}"))
                .containsExactly(
                        "p.yaml:9:7: missing key 'to_first'",
                        "p.yaml:9:8: unknown key 'to_frist'; did you mean 'to_first'?");
        assertThat(withReplaced("{min: 2}", "{min: 0}"))
                .containsExactly("p.yaml:6:48: expected a whole number from 1 to 1000, found '0'");
        assertThat(withReplaced("times: {min: 2}", "times: often"))
                .containsExactly(
                        "p.yaml:6:42: expected a whole number from 1 to 1000, or {min: 2, max: 4},"
                                + " found 'often'");
        assertThat(withReplaced("[order_completed]", "[Order]"))
                .containsExactly(
                        "p.yaml:7:22: expected an event type such as order_completed, found"
                                + " 'Order'");
    }

    @Test
    void aShareAboveOneIsOutOfBounds() {
        assertThat(withReplaced("holdout: 0.1", "holdout: 10"))
                .containsExactly(
                        "p.yaml:10:70: expected a share from 0 to 1, such as 0.1, found '10'");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsAProblemNotAnEndlessLoop() {
        assertThat(check("a: &x [*x]"))
                .containsExactly("p.yaml:1:1: an alias (*name) stands inside its own anchor");
    }
}
