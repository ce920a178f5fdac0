package io.tributary.erasure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A receipt that is being written.
 *
 * @param receipt as it was last emitted; revision 0 before that
 * @param removed so far
 * @param accounts how many keys it erases; 0 as long as that is not known
 * @param done which subtasks have said that nothing is left, each once
 */
public record OpenReceipt(Receipt receipt, Removed removed, int accounts, List<Done> done) {

    /**
     * @param of how many subtasks; after a rescaling those said before count no more
     */
    public record Done(String key, String stage, int subtask, int of) {}

    static OpenReceipt of(ErasureReport first) {
        Receipt receipt =
                new Receipt(
                        first.id(),
                        first.until(),
                        List.of(),
                        Removed.NOTHING,
                        Receipt.Status.PENDING,
                        null,
                        null,
                        0);
        return new OpenReceipt(receipt, Removed.NOTHING, 0, List.of());
    }

    OpenReceipt with(ErasureReport report) {
        boolean requested = report.stage().equals(ErasureReport.REQUESTED);
        return new OpenReceipt(
                receipt,
                removed.plus(report.removed()),
                requested ? report.subtasks() : accounts,
                report.done() ? doneWith(report) : done);
    }

    private List<Done> doneWith(ErasureReport report) {
        Done said = new Done(report.key(), report.stage(), report.subtask(), report.subtasks());
        List<Done> all = new ArrayList<>();
        for (Done one : done) {
            boolean superseded =
                    one.key().equals(said.key())
                            && one.stage().equals(said.stage())
                            && one.of() != said.of();
            if (!superseded && !one.equals(said)) {
                all.add(one);
            }
        }
        all.add(said);
        return all;
    }

    /** The receipt as it stands, if it says something else than what was last emitted. */
    boolean isNews(Set<String> stages) {
        return receipt.revision() == 0
                || !receipt.removed().equals(removed)
                || !receipt.identifiers().equals(identifiers())
                || receipt.status() != status(stages);
    }

    OpenReceipt emitted(Set<String> stages) {
        Receipt next =
                new Receipt(
                        receipt.id(),
                        receipt.requestedAt(),
                        identifiers(),
                        removed,
                        status(stages),
                        receipt.checkpoint(),
                        receipt.heldUntil(),
                        receipt.revision() + 1);
        return new OpenReceipt(next, removed, accounts, done);
    }

    /** A checkpoint without the customer is complete. */
    Receipt completed(long checkpoint, long heldUntil) {
        return new Receipt(
                receipt.id(),
                receipt.requestedAt(),
                identifiers(),
                removed,
                Receipt.Status.DONE,
                checkpoint,
                heldUntil,
                receipt.revision() + 1);
    }

    private List<String> identifiers() {
        TreeSet<String> keys = new TreeSet<>();
        done.stream()
                .filter(one -> one.stage().equals(ErasureReport.REQUESTED))
                .forEach(one -> keys.add(one.key()));
        return new ArrayList<>(keys);
    }

    /**
     * @param stages all that have to be done, for each key
     */
    Receipt.Status status(Set<String> stages) {
        List<String> keys = identifiers();
        if (accounts == 0 || keys.size() < accounts) {
            return Receipt.Status.PENDING;
        }
        for (String key : keys) {
            for (String stage : stages) {
                if (!isDone(key, stage)) {
                    return Receipt.Status.PENDING;
                }
            }
        }
        return Receipt.Status.REMOVED;
    }

    private boolean isDone(String key, String stage) {
        Set<Integer> subtasks = new HashSet<>();
        int of = Integer.MAX_VALUE;
        for (Done one : done) {
            if (one.key().equals(key) && one.stage().equals(stage)) {
                subtasks.add(one.subtask());
                of = one.of();
            }
        }
        return subtasks.size() == of;
    }
}
