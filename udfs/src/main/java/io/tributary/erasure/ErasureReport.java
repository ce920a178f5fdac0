package io.tributary.erasure;

/**
 * What one subtask of one stage says about an erasure.
 *
 * @param id of the request
 * @param key what it erases
 * @param until time of the request
 * @param stage uid of the operator, or {@link #REQUESTED}
 * @param subtask number of the subtask, from 0
 * @param subtasks how many have to say that they are done
 * @param done whether nothing of the customer is left there
 * @param removed since the subtask's report before
 */
public record ErasureReport(
        String id,
        String key,
        long until,
        String stage,
        int subtask,
        int subtasks,
        boolean done,
        Removed removed) {

    /** In place of a stage: the request is known and goes to the stages now. */
    public static final String REQUESTED = "requested";

    /**
     * @param number of the account, from 0
     * @param accounts that the request erases
     */
    public static ErasureReport requested(Erasure erasure, int number, int accounts) {
        return of(erasure, REQUESTED, number, accounts, true, Removed.NOTHING);
    }

    public static ErasureReport of(
            Erasure erasure,
            String stage,
            int subtask,
            int subtasks,
            boolean done,
            Removed removed) {
        return new ErasureReport(
                erasure.id(),
                erasure.key(),
                erasure.until(),
                stage,
                subtask,
                subtasks,
                done,
                removed);
    }
}
