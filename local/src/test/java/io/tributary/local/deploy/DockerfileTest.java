package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code deploy/docker/Dockerfile}, which no engine builds here. */
class DockerfileTest {

    private static final Pattern STAGE = Pattern.compile("FROM (\\S+) AS (\\S+)");

    private final String text = Deploy.text(Deploy.ROOT.resolve("deploy/docker/Dockerfile"));

    @Test
    void everyImageThatIsKeptEndsWithTheUser9999() {
        assertThat(stages().keySet()).containsExactly("build", "dashboard", "job");
        for (String stage : List.of("dashboard", "job")) {
            List<String> users =
                    stages().get(stage).stream().filter(line -> line.startsWith("USER ")).toList();
            assertThat(users).as(stage).isNotEmpty().last().isEqualTo("USER 9999:9999");
            assertThat(stages().get(stage)).last().isEqualTo("USER 9999:9999");
        }
    }

    @Test
    void basesArePinnedToAVersionAndNameNoRegistry() {
        Matcher stage = STAGE.matcher(text);
        List<String> bases = new ArrayList<>();
        while (stage.find()) {
            bases.add(stage.group(1));
        }
        String pom = Deploy.text(Deploy.ROOT.resolve("pom.xml"));
        String flink = pom.replaceAll("(?s).*<flink.version>(.*)</flink.version>.*", "$1");
        assertThat(bases)
                .containsExactly(
                        "maven:3.9.9-eclipse-temurin-17",
                        "eclipse-temurin:17-jre-noble",
                        "flink:" + flink + "-java17");
    }

    @Test
    void nothingIsFetchedFromAnAddressAndNothingSecretIsBuiltIn() {
        assertThat(instructions()).noneMatch(line -> line.startsWith("ADD "));
        assertThat(text).doesNotContain("://", "curl ", "wget ");
        assertThat(instructions())
                .filteredOn(line -> line.startsWith("ENV ") || line.startsWith("ARG "))
                .noneMatch(line -> line.matches("(?i).*(secret|password|token|api.?key).*"));
    }

    @Test
    void whatIsCopiedIsInTheRepositoryAndNotIgnored() {
        List<String> ignore = Deploy.text(Deploy.ROOT.resolve(".dockerignore")).lines().toList();
        List<String> copied = new ArrayList<>();
        for (String line : instructions()) {
            if (line.startsWith("COPY ") && !line.contains("--from=")) {
                copied.addAll(sources(line));
            }
        }
        assertThat(copied)
                .containsExactly(
                        ".",
                        "definitions",
                        "deploy/kafka/topics.yaml",
                        "deploy/docker/submit-jobs");
        assertThat(copied)
                .allSatisfy(source -> assertThat(Deploy.ROOT.resolve(source)).exists())
                .filteredOn(source -> !source.equals("."))
                .allSatisfy(source -> assertThat(ignore).contains("!" + source.split("/")[0]));
        assertThat(ignore).contains("*", "**/target").doesNotContain("!.git");
        assertThat(ignore.stream().filter(line -> line.startsWith("!")).map(l -> l.substring(1)))
                .allSatisfy(kept -> assertThat(Deploy.ROOT.resolve(kept)).exists());
    }

    @Test
    void whatIsTakenFromTheBuildIsWhatTheModulesBuild() {
        String version =
                Deploy.text(Deploy.ROOT.resolve("pom.xml"))
                        .replaceAll(
                                "(?s).*?<artifactId>tributary</artifactId>\\s*<version>(.*?)<.*",
                                "$1");
        List<String> taken = new ArrayList<>();
        for (String line : instructions()) {
            if (line.startsWith("COPY ") && line.contains("--from=build")) {
                taken.addAll(sources(line));
            }
        }
        assertThat(taken)
                .containsExactly(
                        "/build/dashboard/target/lib",
                        "/build/dashboard/target/tributary-dashboard-" + version + ".jar",
                        "/build/job/target/tributary-job-" + version + ".jar");
        assertThat(text).contains("-DoutputDirectory=/build/dashboard/target/lib");
    }

    /** Instructions with their continued lines joined, without comments. */
    private List<String> instructions() {
        return text.replaceAll("(?m)^#.*\n", "")
                .replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private Map<String, List<String>> stages() {
        Map<String, List<String>> stages = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : instructions()) {
            Matcher stage = STAGE.matcher(line);
            if (stage.matches()) {
                current = new ArrayList<>();
                stages.put(stage.group(2), current);
            }
            current.add(line);
        }
        return stages;
    }

    private static List<String> sources(String copy) {
        List<String> words = new ArrayList<>(List.of(copy.split("\\s+")));
        words.remove(0);
        words.removeIf(word -> word.startsWith("--"));
        return words.subList(0, words.size() - 1);
    }
}
