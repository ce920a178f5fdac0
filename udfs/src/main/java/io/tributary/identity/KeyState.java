package io.tributary.identity;

import org.jspecify.annotations.Nullable;

/** Where what is known of one identifier is kept. Null stands for nothing, both ways. */
public interface KeyState {

    @Nullable KeyIndex index();

    void index(@Nullable KeyIndex index);

    @Nullable EntryDay entries(long day);

    void entries(long day, @Nullable EntryDay entries);

    @Nullable EventHour events(long hour);

    void events(long hour, @Nullable EventHour events);
}
