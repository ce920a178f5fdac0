package io.tributary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** Each package may use those before it. */
    private static final List<String> ORDER =
            List.of(
                    "definition",
                    "event",
                    "ingest",
                    "erasure",
                    "identity",
                    "journey",
                    "pattern",
                    "intervention",
                    "ledger",
                    "customer",
                    "metric");

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.tributary");

    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.tributary");

    @Test
    void noStageImportsALaterOne() {
        for (int stage = 0; stage < ORDER.size(); stage++) {
            String[] later =
                    ORDER.subList(stage + 1, ORDER.size()).stream()
                            .map(ArchitectureTest::packageOf)
                            .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(packageOf(ORDER.get(stage)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(PRODUCT);
            }
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        classes()
                .that()
                .resideInAPackage("io.tributary..")
                .should()
                .resideInAnyPackage(
                        ORDER.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .check(PRODUCT);
    }

    /** Classes decide without Flink; operators, serializers and the matcher's host speak to it. */
    @Test
    void whatDecidesDoesNotKnowFlink() {
        DescribedPredicate<JavaClass> annotation =
                DescribedPredicate.describe(
                        "the TypeInfo annotation",
                        type ->
                                type.getName()
                                        .equals("org.apache.flink.api.common.typeinfo.TypeInfo"));
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("pattern"))
                .and(
                        DescribedPredicate.not(
                                nameMatching(
                                        ".*(Function|Operator|Serializer|TypeInfo|Metrics|Store|CompactInput|CompactOutput|Bytes)(\\$.*)?")))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.apache.flink..")
                                .and(DescribedPredicate.not(annotation)))
                .check(PRODUCT);
    }

    @Test
    void nothingAsksTheClockOrChance() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .check(PRODUCT);
    }

    @Test
    void nothingSleepsNotEvenATest() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
    }

    @Test
    void noLibraryOfTheJobsLeaksIntoTheStages() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache.kafka..", "picocli..", "java.net.http.."))
                .orShould()
                .dependOnClassesThat(name("java.lang.ProcessBuilder"))
                .check(PRODUCT);
    }

    private static String packageOf(String stage) {
        return "io.tributary." + stage + "..";
    }
}
