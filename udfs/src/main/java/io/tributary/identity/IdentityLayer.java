package io.tributary.identity;

import io.tributary.erasure.Erasures;
import java.util.Map;
import java.util.Objects;

/**
 * Decides for one identifier, of any rank, where its events go: on to the identifier that owns it
 * at the event's time, or to the customer that it stands for.
 *
 * <pre>
 *   own event ────────┐                        ┌─► +event, -event to the owning identifier
 *   ±event from below ┼─► what is known of it ─┤
 *   claim, hint, end ─┤    (KeyState)          └─► +event, -event to the customer
 *   unlink, alias ────┘
 * </pre>
 *
 * <p>Whatever it is told, it judges anew those events that this can touch, and tells what changed.
 * So what it has told, all signs summed up, is a function of the set of what it was told.
 */
public final class IdentityLayer {

    /** Takes what follows. */
    public interface Output {

        void forward(IdentityMessage message);

        void assign(Assignment assignment);

        /** Something to be counted happened. */
        void count(Counted what);
    }

    /** What an operator counts. */
    public enum Counted {
        /** An event was given to a customer for the first time here. */
        ASSIGNED,
        /** ... and that customer is provisional: no account. */
        PROVISIONAL,
        /** An event left where it had been sent to. */
        MOVED,
        /** ... because its identifier, so far alone, was found to be somebody's. */
        MERGED,
        UNLINKED,
        /** An event was judged by the rule for shared identifiers. */
        SHARED,
        /** An event was turned back from a crowd. */
        CROWD,
        /** A day's claims, or an hour's events, went beyond what is kept. */
        BUSY,
        /** A claim came after its time to be heard had passed. */
        LATE_CLAIM,
        /** An event of an erased customer was removed, or dropped on arrival. */
        ERASED,
        /** An event was kept to its identifier because of an opt-out. */
        OPTED_OUT
    }

    private final IdentitySettings settings;
    private final EventClaims claims;
    private final Retention retention;
    private final Erasures erasures;

    /**
     * @param kept how long, in event time, an event can still move; see {@link Retention}
     * @param erasures those in force; one that is added has to reach every identifier by {@link
     *     #erase} before it is told anything else
     */
    public IdentityLayer(
            IdentitySettings settings, EventClaims claims, long kept, Erasures erasures) {
        this.erasures = erasures;
        this.settings = settings;
        this.claims = claims;
        this.retention = new Retention(settings, kept);
    }

    /**
     * Takes in what an identifier is told.
     *
     * @param watermark no later message is about an earlier time
     * @return when {@link #expire} has something to do next; {@link Long#MAX_VALUE} if never
     */
    public long process(IdentityMessage message, KeyState state, long watermark, Output out) {
        KeyVisit visit = new KeyVisit(judge(message.key(), state, watermark, out));
        switch (message.kind()) {
            case OWN -> visit.own(Objects.requireNonNull(message.event()));
            case MOVED -> visit.moved(message);
            case ENTRY -> visit.entry(Objects.requireNonNull(message.entry()));
            case UNLINK -> visit.unlink(Objects.requireNonNull(message.entry()));
            case ALIAS -> visit.alias(message);
        }
        return visit.finish();
    }

    private KeyJudge judge(String key, KeyState state, long watermark, Output out) {
        return new KeyJudge(settings, claims, retention, erasures, key, state, watermark, out);
    }

    /**
     * Removes from an identifier what the erasures in force say is gone.
     *
     * @return what was removed, and as {@link #process} does
     */
    public Erased erase(String key, KeyState state, long watermark, Output out) {
        KeyJudge at = judge(key, state, watermark, out);
        Map<String, Long> links = new KeyErasure(at).apply();
        return new Erased(links, new KeyVisit(at).finish());
    }

    /**
     * @param links how many named an erased customer, by its key
     * @param next as {@link #process} returns
     */
    public record Erased(Map<String, Long> links, long next) {}

    /** Forgets what can matter no more (rule 14); returns as {@link #process} does. */
    public long expire(KeyState state, long watermark) {
        KeyIndex index = state.index();
        return index == null ? Long.MAX_VALUE : retention.expire(state, index, watermark);
    }
}
