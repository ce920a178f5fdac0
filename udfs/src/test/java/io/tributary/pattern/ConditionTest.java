package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static CompiledPattern where(String condition) {
        return Library.withBody(
                        "sequence:\n  - {as: a, on: a, where: \"" + condition + "\"}\nwithin: 1h\n")
                .pattern();
    }

    private static boolean holds(CompiledPattern pattern, Object... properties) {
        Log log = Log.start().at("0s", "a", properties);
        return !pattern.replay(log.events(), Log.START).matches().isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.properties.v == 50",
                "event.properties.v == 50.0",
                "event.properties.v != 50.5",
                "event.properties.w == 50",
                "50 == event.properties.w",
                "event.properties.w == event.properties.v",
                "event.properties.w != 51",
                "event.properties.w >= 50",
                "event.properties.v < 50.5",
                "event.properties.w in [1, 50]",
                "event.properties.v in [1.0, 50.0]",
                "event.properties.w + 1 > 50.5",
                "event.properties.w * 2 == 100",
                "event.properties.s == 'x'",
                "event.properties.s.startsWith('x')",
                "event.properties.tags.exists(t, t == 'red')",
                "'red' in event.properties.tags",
                "event.properties.box.size > 2",
                "event.properties.flag",
                "event.time - event.properties.t >= duration('1h')",
                "event.type == 'a' && event.channel == 'web' && event.source == 'shop'",
                "has(event.properties.v) && !has(event.properties.cart_id)"
            })
    void theConditionHolds(String condition) {
        CompiledPattern pattern = where(condition);
        assertThat(
                        holds(
                                pattern,
                                "v",
                                50,
                                "w",
                                50.0,
                                "s",
                                "x",
                                "tags",
                                List.of("red", "blue"),
                                "box",
                                java.util.Map.of("size", 3),
                                "flag",
                                true,
                                "t",
                                "2026-02-28T23:00:00.000Z"))
                .isTrue();
        assertThat(pattern.cost().conditionFailures()).isZero();
    }

    @Test
    void aNumberWithoutFractionIsStillANumber() {
        assertThat(holds(where("event.properties.w == 50"), "w", 50)).isTrue();
    }

    @Test
    void aPropertyThatIsDeclaredDifferentlyIsComparedByItsValue() {
        CompiledPattern pattern =
                Library.withBody(
                                "sequence:\n"
                                    + "  - {as: a, on: [a, d], where: \"event.properties.both == 5"
                                    + " && event.properties.both in [4, 5]\"}\n"
                                    + "within: 1h\n")
                        .pattern();
        assertThat(holds(pattern, "both", 5)).isTrue();
        assertThat(holds(pattern, "both", 6)).isFalse();
        assertThat(pattern.cost().conditionFailures()).isZero();
    }

    @Test
    void aMissingPropertyMakesTheConditionFalseAndIsCounted() {
        CompiledPattern pattern = where("event.properties.v != 5");
        assertThat(holds(pattern)).isFalse();
        assertThat(pattern.cost().conditionFailures()).isEqualTo(1);
    }

    @Test
    void aMistypedPropertyMakesTheConditionFalseAndIsCounted() {
        CompiledPattern pattern = where("event.properties.v != 5");
        assertThat(holds(pattern, "v", "six")).isFalse();
        assertThat(pattern.cost().conditionFailures()).isEqualTo(1);
    }

    @Test
    void anEventOfAnotherTypeIsNotAskedForTheCondition() {
        CompiledPattern pattern = where("event.properties.v == 5");
        assertThat(pattern.replay(Log.start().at("0s", "b").events(), Log.START).matches())
                .isEmpty();
        assertThat(pattern.cost().conditionFailures()).isZero();
    }

    @Test
    void anEarlierStepIsTheEventItselfAndALoopIsAList() {
        CompiledPattern pattern =
                Library.withBody(
                                """
                                sequence:
                                  - {as: one, on: a}
                                  - {as: many, followedBy: b, times: 2}
                                  - as: last
                                    followedBy: c
                                    where: >-
                                      event.properties.v > one.properties.v &&
                                      many.all(m, m.properties.v < event.properties.v) && many.size() == 2
                                within: 1h
                                """)
                        .pattern();
        Log log = Log.start().at("1s", "a", "v", 1).at("2s", "b", "v", 2).at("3s", "b", "v", 3);
        assertThat(pattern.replay(log.at("4s", "c", "v", 3).events(), 0).matches()).isEmpty();
        assertThat(pattern.replay(log.at("5s", "c", "v", 4).events(), 0).matches()).hasSize(1);
    }

    @Test
    void aStepThatTookNothingHasNoProperties() {
        CompiledPattern pattern =
                Library.withBody(
                                """
                                sequence:
                                  - {as: one, on: a}
                                  - {as: maybe, next: b, optional: true}
                                  - {as: last, next: c, where: "!has(maybe.properties)"}
                                within: 1h
                                """)
                        .pattern();
        assertThat(pattern.replay(Log.start().at("1s", "a").at("2s", "c").events(), 0).matches())
                .hasSize(1);
        assertThat(
                        pattern.replay(
                                        Log.start()
                                                .at("1s", "a")
                                                .at("2s", "b")
                                                .at("3s", "c")
                                                .events(),
                                        0)
                                .matches())
                .isEmpty();
    }
}
