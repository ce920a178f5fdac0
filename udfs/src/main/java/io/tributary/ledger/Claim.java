package io.tributary.ledger;

/**
 * What one customer's log says about a pain point in one status, added up.
 *
 * @param count sum of the signs; asserted means more than 0
 * @param entry the latest assertion; before there is one, the withdrawal that came too early
 */
public record Claim(int count, LedgerEntry entry) {

    boolean isAsserted() {
        return count > 0;
    }

    boolean isBy(LedgerEntry other) {
        return entry.customer().equals(other.customer()) && entry.status() == other.status();
    }

    boolean isOf(String customer) {
        return entry.customer().equals(customer);
    }

    /** This claim after another entry of the same customer and status. */
    Claim plus(LedgerEntry next) {
        return new Claim(count + next.sign(), next.isAssertion() ? next : entry);
    }
}
