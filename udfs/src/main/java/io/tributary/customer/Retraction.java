package io.tributary.customer;

import io.tributary.ledger.LedgerEntry;

/**
 * A pain point that a live job would have told as detected and taken back for good, because an
 * event that speaks against it was received too late.
 *
 * @param told as it was told last
 * @param toldAt time of receipt, or deadline, at which it was first told, epoch milliseconds
 * @param takenBackAt time of receipt of the event that took it back, epoch milliseconds
 */
public record Retraction(LedgerEntry told, long toldAt, long takenBackAt) {}
