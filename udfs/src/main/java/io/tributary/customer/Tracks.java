package io.tributary.customer;

import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternLibrary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One customer in all definitions in which something began. */
final class Tracks implements Iterable<Track> {

    private static final @Nullable Track[] NONE = {};

    private final PatternLibrary library;
    private final List<Track> all = new ArrayList<>(4);

    /** By the place of their definition in the library. */
    private @Nullable Track[] places = NONE;

    Tracks(PatternLibrary library) {
        this.library = library;
    }

    @Nullable Track at(int place) {
        return place < places.length ? places[place] : null;
    }

    @Nullable Track of(CompiledPattern pattern) {
        return all.isEmpty() ? null : at(library.place(pattern));
    }

    void add(Track track) {
        if (places.length == 0) {
            places = new Track[library.patterns().size()];
        }
        places[library.place(track.pattern)] = track;
        all.add(track);
    }

    void removeIf(Predicate<CompiledPattern> which) {
        for (Iterator<Track> tracks = all.iterator(); tracks.hasNext(); ) {
            Track track = tracks.next();
            if (which.test(track.pattern)) {
                tracks.remove();
                places[library.place(track.pattern)] = null;
            }
        }
    }

    /** Whether nothing is under way. */
    boolean areIdle() {
        return all.stream().allMatch(Track::isIdle);
    }

    @Override
    public Iterator<Track> iterator() {
        return all.iterator();
    }
}
