package io.tributary.event;

/** How firmly an identifier stands for one person; ranks within a tier order its namespaces. */
public enum Tier {
    DEVICE,
    CONTACT,
    ACCOUNT
}
