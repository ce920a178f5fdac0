package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks into the job's jar as it is submitted to a cluster. */
class ShadedJarIT {

    private static final Path JAR = Path.of("../job/target/tributary-job-0.1.0.jar");
    private static final long MOST_BYTES = 60_000_000;

    @Test
    void itIsSmallerThan60Megabytes() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/flink/cep/",
                "com/google/protobuf/",
                "com/google/common/",
                "org/antlr/v4/",
                // the cluster brings these
                "org/apache/flink/runtime/",
                "org/apache/flink/streaming/api/operators/",
                "org/apache/flink/api/common/",
                "org/apache/flink/core/",
                "org/slf4j/",
                "org/apache/logging/",
                "org/rocksdb/"
            })
    void itHoldsNoClassThatTheClusterMayHaveInAnotherVersion(String folder) throws IOException {
        assertThat(entries()).noneMatch(name -> name.startsWith(folder) && isClass(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/tributary/shaded/flink/cep/nfa/NFA.class",
                "io/tributary/shaded/protobuf/Message.class",
                "io/tributary/shaded/guava/collect/ImmutableList.class",
                "io/tributary/shaded/antlr/runtime/Parser.class",
                "org/apache/flink/connector/kafka/source/KafkaSource.class",
                "org/apache/flink/connector/base/sink/AsyncSinkBase.class",
                "io/tributary/job/IndexJob.class",
                "io/tributary/job/index/pain-points.json"
            })
    void itBringsWhatTheClusterDoesNotHave(String name) throws IOException {
        assertThat(entries()).contains(name);
    }

    @Test
    void itCarriesLicenceAndNotice() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).isNotBlank();
    }

    @Test
    void everyRegisteredServiceIsInIt() throws IOException {
        TreeSet<String> names = entries();
        List<String> services =
                names.stream()
                        .filter(name -> name.startsWith("META-INF/services/io.tributary.shaded"))
                        .toList();

        for (String service : services) {
            assertThat(text(service).lines().map(String::strip))
                    .filteredOn(line -> !line.isEmpty() && !line.startsWith("#"))
                    .allMatch(line -> names.contains(line.replace('.', '/') + ".class"));
        }
    }

    /** Parses, checks and evaluates an expression: ANTLR, protobuf and Guava all take part. */
    @Test
    void expressionsWorkFromTheJarAlone() throws Exception {
        URL[] jar = {JAR.toUri().toURL()};
        try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Object compilerBuilder =
                    callOn(
                            alone.loadClass("dev.cel.compiler.CelCompilerFactory"),
                            null,
                            "standardCelCompilerBuilder");
            Object validated = call(call(compilerBuilder, "build"), "compile", "1 + 2 == 3");
            Object ast = call(validated, "getAst");
            Object runtimeBuilder =
                    callOn(
                            alone.loadClass("dev.cel.runtime.CelRuntimeFactory"),
                            null,
                            "standardCelRuntimeBuilder");
            Object program = call(call(runtimeBuilder, "build"), "createProgram", ast);

            assertThat(call(program, "eval", Map.of())).isEqualTo(true);
        }
    }

    private static Object call(Object target, String name, Object... arguments) throws Exception {
        return callOn(target.getClass(), target, name, arguments);
    }

    private static Object callOn(Class<?> type, Object target, String name, Object... arguments)
            throws Exception {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && takes(method, arguments)) {
                method.setAccessible(true);
                return method.invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(type + "." + name);
    }

    private static boolean takes(Method method, Object[] arguments) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class");
    }

    private static TreeSet<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            TreeSet<String> names = new TreeSet<>();
            jar.stream().map(ZipEntry::getName).forEach(names::add);
            return names;
        }
    }

    private static String text(String name) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
