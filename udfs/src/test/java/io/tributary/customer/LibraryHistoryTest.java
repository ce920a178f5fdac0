package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.Limits;
import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternContext;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.PatternSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LibraryHistoryTest {

    private static final Definitions SHOP = TestDefinitions.shop();
    private static final PatternContext CONTEXT =
            PatternContext.of(SHOP, EventCatalog.read(SHOP, new Problems()), Limits.DEFAULT);

    private final PatternLibrary files =
            PatternLibrary.compile(SHOP, CONTEXT.catalog(), new Problems());

    /** The shop's definitions with one of them in another mode. */
    private static PatternLibrary with(PatternLibrary earlier, String key, @Nullable Mode mode) {
        List<PatternSource> sources =
                earlier.patterns().stream()
                        .map(p -> p.key().equals(key) ? p.source().in(mode) : p.source())
                        .toList();
        Problems problems = new Problems();
        PatternLibrary library =
                PatternLibrary.compile(sources, CONTEXT, earlier, problems, new Problems());
        assertThat(problems.sorted()).isEmpty();
        return library;
    }

    private static List<String> changed(
            LibraryHistory history, long since, PatternLibrary library) {
        return library.patterns().stream()
                .filter(pattern -> history.changedSince(since, pattern))
                .map(CompiledPattern::key)
                .toList();
    }

    @Test
    void onlyWhatIsNotAsItWasIsEvaluatedAnew() {
        PatternLibrary paused = with(files, "looping@1", Mode.PAUSED);
        LibraryHistory history = new LibraryHistory();
        history.add(files);
        history.add(paused);

        assertThat(changed(history, files.fingerprint(), paused)).containsExactly("looping@1");
        assertThat(changed(history, paused.fingerprint(), paused)).isEmpty();
    }

    @Test
    void sinceALibraryThatIsNotKnownEverythingChanged() {
        LibraryHistory history = new LibraryHistory();
        history.add(files);

        assertThat(changed(history, 0, files))
                .containsExactly("abandoned@1", "looping@1", "three-calls@1");
    }

    @Test
    void theOldestLibraryIsForgottenAndTheRestSurvivesBeingStored() {
        LibraryHistory history = new LibraryHistory();
        history.add(files);
        for (int i = 0; i < LibraryHistory.KEPT; i++) {
            history.add(aLibraryWith("three-calls " + i));
        }
        LibraryHistory stored = new LibraryHistory(history.all());

        assertThat(stored.all()).hasSize(LibraryHistory.KEPT).isEqualTo(history.all());
        assertThat(changed(stored, files.fingerprint(), files)).hasSize(3);
    }

    private PatternLibrary aLibraryWith(String name) {
        List<PatternSource> sources =
                files.patterns().stream()
                        .map(CompiledPattern::source)
                        .map(
                                source ->
                                        new PatternSource(
                                                source.file(),
                                                source.text().replace("Three calls", name),
                                                source.effectiveFrom(),
                                                null))
                        .toList();
        return PatternLibrary.compile(sources, CONTEXT, files, new Problems(), new Problems());
    }

    @Test
    void aDefinitionThatStaysIsTakenOverAndOneThatChangesKeepsItsCounts() {
        CompiledPattern calls = files.get("three-calls@1");
        calls.rebuild(List.of(), Long.MIN_VALUE, 0);
        PatternLibrary other = with(files, "three-calls@1", Mode.SHADOW);

        assertThat(other.get("abandoned@1")).isSameAs(files.get("abandoned@1"));
        assertThat(other.get("three-calls@1")).isNotSameAs(calls);
        assertThat(other.get("three-calls@1").cost()).isEqualTo(calls.cost());
        assertThat(calls.cost().replays()).isEqualTo(1);
        assertThat(other.fingerprint())
                .as("shadow finds the same matches")
                .isEqualTo(files.fingerprint());
    }
}
