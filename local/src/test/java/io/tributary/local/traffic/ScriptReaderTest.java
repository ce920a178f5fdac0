package io.tributary.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.local.traffic.Script.As;
import io.tributary.local.traffic.Script.Call;
import io.tributary.local.traffic.Script.Pain;
import io.tributary.local.traffic.Script.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {

    private final Problems problems = new Problems();

    private List<Script> read(String text) {
        return ScriptReader.read("s.yaml", text, problems);
    }

    @Test
    void aScriptIsReadWhole() {
        List<Script> scripts =
                read(
                        """
                        wait:
                          channel: voice
                          lane: service
                          weight: 4
                          until: help
                          pains: [{pattern: long-wait, at: queue, after: 5m}]
                          misses: [lost-call]
                          steps:
                            - {label: help, page: Help, channel: web, as: anonymous}
                            - {label: queue, track: queue_entered, after: 2s..1h, with: {position: 3, call_id: $call_id}}
                        """);

        assertThat(problems.sorted()).isEmpty();
        assertThat(scripts)
                .containsExactly(
                        new Script(
                                "wait",
                                "service",
                                0,
                                4,
                                List.of(
                                        new Step(
                                                "help",
                                                Call.PAGE,
                                                "Help",
                                                "web",
                                                As.ANONYMOUS,
                                                0,
                                                0,
                                                Map.of()),
                                        new Step(
                                                "queue",
                                                Call.TRACK,
                                                "queue_entered",
                                                "voice",
                                                As.USER,
                                                2_000,
                                                3_600_000,
                                                Map.of(
                                                        "position", LongNode.valueOf(3),
                                                        "call_id", TextNode.valueOf("$call_id")))),
                                List.of(new Pain("long-wait", 1, 300_000)),
                                List.of("lost-call")));
        assertThat(scripts.get(0).longest()).isEqualTo(3_900_000);
    }

    @Test
    void mistakesAreNamedAtTheirPlace() {
        read(
                """
                bad:
                  pains: [{pattern: p, at: nowhere}]
                  until: never
                  steps:
                    - {after: 5s}
                    - {track: a, after: 5 minutes}
                    - {track: a, with: {id: $no_such}}
                empty: {weight: 1}
                """);

        assertThat(problems.sorted())
                .containsExactly(
                        new Problem("s.yaml", 2, 11, "no step has the label 'nowhere'"),
                        new Problem("s.yaml", 3, 10, "no step has the label 'never'"),
                        new Problem(
                                "s.yaml", 5, 7, "a step is one of track, page, screen or identify"),
                        new Problem(
                                "s.yaml",
                                6,
                                7,
                                "'5 minutes' is not a duration such as 30s, 5m or 2h"),
                        new Problem("s.yaml", 7, 29, "there is no session value $no_such"),
                        new Problem("s.yaml", 8, 8, "a script needs steps"));
    }

    @Test
    void sessionsShareTheirValuesAndNoOthers() {
        Map<String, com.fasterxml.jackson.databind.JsonNode> template =
                Map.of("cart_id", TextNode.valueOf("$cart_id"), "step", IntNode.valueOf(1));

        assertThat(new SessionValues(7, Dice.of(1, 1)).fill(template))
                .isEqualTo(
                        Map.of("cart_id", TextNode.valueOf("cart-7"), "step", IntNode.valueOf(1)));
        assertThat(new SessionValues(8, Dice.of(1, 1)).fill(template))
                .containsEntry("cart_id", TextNode.valueOf("cart-8"));
    }

    @Test
    void theBuiltInScriptsAreSound() {
        assertThat(ScriptReader.builtIn()).hasSizeGreaterThan(10);
    }
}
