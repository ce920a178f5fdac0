package io.tributary.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every static file. */
class PageTest {

    static List<Path> files() throws IOException, URISyntaxException {
        URL index = Objects.requireNonNull(PageTest.class.getResource("page/index.html"));
        try (Stream<Path> listed = Files.list(Path.of(index.toURI()).resolveSibling("."))) {
            return listed.map(Path::normalize).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void textNeverBecomesMarkupOrCode(Path file) throws IOException {
        assertThat(Files.readString(file))
                .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\b|new"
                            + " Function|srcdoc|javascript:");
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsLoadedFromElsewhere(Path file) throws IOException {
        String names = "xmlns=\"http://www.w3.org/2000/svg\"|\"http://www.w3.org/2000/svg\"";
        assertThat(Files.readString(file).replaceAll(names, ""))
                .doesNotContainPattern("https?://|//cdn|@import");
    }
}
