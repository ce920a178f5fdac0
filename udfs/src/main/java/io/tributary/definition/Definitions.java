package io.tributary.definition;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definitions folder. Jobs ship the text to their operators, which compile it when
 * they open, so nothing compiled is ever serialised.
 *
 * <p>Roles are told by path: {@code patterns/*.yaml}, {@code journeys/*.yaml}, {@code events.yaml},
 * {@code sources.yaml}, {@code identity.yaml}, {@code policy.yaml}. Text is kept under the path
 * that the user would recognise in an error message.
 */
public final class Definitions implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final String EVENTS = "events.yaml";
    public static final String SOURCES = "sources.yaml";
    public static final String IDENTITY = "identity.yaml";
    public static final String POLICY = "policy.yaml";
    public static final String PATTERNS = "patterns";
    public static final String JOURNEYS = "journeys";

    /** Role ({@code patterns/cart-abandonment.yaml}) to file. */
    private final TreeMap<String, SourceFile> files;

    /**
     * @param path as the user named it, for messages
     * @param text whole content, UTF-8
     */
    public record SourceFile(String path, String text) implements Serializable {}

    private Definitions(TreeMap<String, SourceFile> files) {
        this.files = files;
    }

    public static Definitions of(SortedMap<String, SourceFile> files) {
        return new Definitions(new TreeMap<>(files));
    }

    /**
     * Reads a definitions folder.
     *
     * @throws UncheckedIOException if the folder or a file in it cannot be read
     */
    public static Definitions read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UncheckedIOException(new NotDirectoryException(folder.toString()));
        }
        TreeMap<String, SourceFile> files = new TreeMap<>();
        for (String name : new String[] {EVENTS, SOURCES, IDENTITY, POLICY}) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                files.put(name, readFile(file));
            }
        }
        for (String name : new String[] {PATTERNS, JOURNEYS}) {
            if (Files.isDirectory(folder.resolve(name))) {
                putFolder(files, name, folder.resolve(name));
            }
        }
        return new Definitions(files);
    }

    /** These definitions with other patterns: one file, or every YAML file of a folder. */
    public Definitions withPatterns(Path fileOrFolder) {
        TreeMap<String, SourceFile> other = new TreeMap<>(files);
        other.keySet().removeIf(role -> role.startsWith(PATTERNS + "/"));
        if (Files.isDirectory(fileOrFolder)) {
            putFolder(other, PATTERNS, fileOrFolder);
        } else {
            other.put(PATTERNS + "/" + fileOrFolder.getFileName(), readFile(fileOrFolder));
        }
        return new Definitions(other);
    }

    private static void putFolder(SortedMap<String, SourceFile> files, String role, Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            listed.filter(Definitions::isYaml)
                    .sorted()
                    .forEach(file -> files.put(role + "/" + file.getFileName(), readFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isYaml(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static SourceFile readFile(Path file) {
        try {
            return new SourceFile(
                    file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with this role, such as {@code events.yaml}; null if there is none. */
    public @Nullable SourceFile file(String role) {
        return files.get(role);
    }

    /** All files below a folder role, such as {@code patterns}, by role. */
    public SortedMap<String, SourceFile> folder(String role) {
        return Collections.unmodifiableSortedMap(files.subMap(role + "/", role + "0"));
    }

    /** All files by role. */
    public SortedMap<String, SourceFile> files() {
        return Collections.unmodifiableSortedMap(files);
    }
}
