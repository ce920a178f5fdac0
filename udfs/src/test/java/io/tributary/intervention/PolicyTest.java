package io.tributary.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private final Problems problems = new Problems();

    @Test
    void theShippedPolicyIsRead() {
        Policy policy = Policy.read(Definitions.read(Path.of("..", "definitions")), problems);
        assertThat(problems.sorted()).isEmpty();
        assertThat(policy)
                .isEqualTo(
                        new Policy(
                                1,
                                Set.of("web", "mobile", "chat", "email", "voice", "crm"),
                                "proactive_service",
                                Set.of("email", "voice"),
                                Map.of("email", false, "voice", false),
                                Duration.ofHours(4)));
    }

    @Test
    void withoutAPolicyNobodyIsApproached() {
        assertThat(Policy.read(Definitions.of(new TreeMap<>()), problems)).isEqualTo(Policy.NONE);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void aDefaultMayBeGivenForEachChannel() {
        Policy policy =
                read(
                        """
                        version: 2
                        channels: [web, email, voice]
                        consent:
                          required: [email, voice]
                          default: {email: granted}
                        """);
        assertThat(problems.sorted()).isEmpty();
        assertThat(policy.mayContact(ConsentHistory.EMPTY, "email", 0)).isTrue();
        assertThat(policy.mayContact(ConsentHistory.EMPTY, "voice", 0)).isFalse();
        assertThat(policy.mayContact(ConsentHistory.EMPTY, "web", 0)).isTrue();
        assertThat(policy.cooldown()).isZero();
        assertThat(policy.purpose()).isNull();
    }

    @Test
    void eachUnitOfACooldownIsRead() {
        assertThat(cooldown("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(cooldown("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(cooldown("4h")).isEqualTo(Duration.ofHours(4));
        assertThat(cooldown("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(cooldown("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void everyProblemIsNamedWhereItStands() {
        read(
                """
                version: 0
                channels: [web, web, 7]
                consent:
                  required: [email]
                  default: {web: granted, email: perhaps}
                cooldown: 4 hours
                quiet: 22h
                """);
        assertThat(problems.sorted())
                .extracting(problem -> problem.line() + ":" + problem.column())
                .containsExactly("1:10", "2:17", "2:22", "4:14", "5:13", "5:34", "6:11", "7:1");
        assertThat(problems.sorted())
                .contains(
                        new Problem("policy.yaml", 2, 17, "'web' is listed twice"),
                        new Problem(
                                "policy.yaml",
                                4,
                                14,
                                "unknown channel 'email'; this policy knows web"));
    }

    @Test
    void aPolicyNeedsAVersionAndChannels() {
        assertThat(read("cooldown: 4h\n").cooldown()).isEqualTo(Duration.ofHours(4));
        assertThat(problems.count()).isEqualTo(2);
    }

    @Test
    void brokenYamlIsAProblemAndNotAnException() {
        assertThat(read("version: [1\n")).isEqualTo(Policy.NONE);
        assertThat(read("")).isEqualTo(Policy.NONE);
        assertThat(read("just text")).isEqualTo(Policy.NONE);
        assertThat(problems.count()).isGreaterThanOrEqualTo(3);
    }

    private Duration cooldown(String written) {
        return read("{version: 1, channels: [web], cooldown: " + written + "}").cooldown();
    }

    private Policy read(String yaml) {
        TreeMap<String, Definitions.SourceFile> files = new TreeMap<>();
        files.put(Definitions.POLICY, new Definitions.SourceFile("policy.yaml", yaml));
        return Policy.read(Definitions.of(files), problems);
    }

    @Test
    void quotedVersionsAreRefusedOnce() {
        read("{version: \"1\", channels: [web]}");
        assertThat(problems.sorted()).extracting(Problem::column).isEqualTo(List.of(11));
    }
}
