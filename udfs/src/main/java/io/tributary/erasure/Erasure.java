package io.tributary.erasure;

/**
 * Whatever was a customer's up to a time is to be gone, and to stay gone. All that is kept for it.
 *
 * @param id of the event that asked for it
 * @param key of the identifier that stands for the customer, such as {@code user_id:3f2a…}: its
 *     value is a keyed hash
 * @param until time of the request, epoch milliseconds; what happened later is a new customer's
 */
public record Erasure(String id, String key, long until) {

    /** One request may erase several accounts that were declared to be one. */
    public String name() {
        return id + "/" + key;
    }
}
