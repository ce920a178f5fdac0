package io.tributary.customer;

import io.tributary.customer.CustomerState.Resume;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.Progress;
import org.jspecify.annotations.Nullable;

/**
 * One customer in one definition: the progress itself once it was needed, before that where it can
 * be restored from.
 */
final class Track {

    final CompiledPattern pattern;
    private @Nullable Progress progress;
    private long from;
    private long deadline;
    private long expires;

    /** Not restored yet. */
    Track(CompiledPattern pattern, Resume resume) {
        this.pattern = pattern;
        this.from = resume.from();
        this.deadline = resume.deadline();
        this.expires = resume.expires();
    }

    Track(CompiledPattern pattern, Progress progress) {
        this.pattern = pattern;
        this.progress = progress;
        moved();
    }

    /** Null if it was not restored yet. */
    @Nullable Progress progress() {
        return progress;
    }

    void restored(Progress restored) {
        progress = restored;
        moved();
    }

    /** After each step of the progress. */
    void moved() {
        if (progress != null) {
            deadline = pattern.nextDeadline(progress);
            progress.forgetOldest();
        }
    }

    long from() {
        return from;
    }

    boolean isIdle() {
        return progress != null && progress.isIdle();
    }

    /** When waiting may bring a match; {@link Long#MAX_VALUE} for never. */
    long deadline() {
        return deadline;
    }

    /** Whether nothing is under way any more at an event of this time; only before restoring. */
    boolean hasExpired(long time) {
        return expires != Long.MAX_VALUE && time >= expires;
    }

    /** Null if there is nothing to resume. */
    @Nullable Resume resume() {
        if (progress == null) {
            return new Resume(pattern.key(), from, deadline, expires);
        }
        if (progress.isIdle()) {
            return null;
        }
        return new Resume(
                pattern.key(), progress.resumeFrom(), deadline, pattern.expiresAt(progress));
    }
}
