package io.tributary.local.process;

import java.util.List;

/** How a server's JVM compiles, as its life is long or short. */
public enum Jit {

    /** Little CPU goes into compiling: for a server that lives for minutes. */
    QUICK("-XX:TieredStopAtLevel=1"),

    /** The JVM's own way: for a server that is measured, or runs for hours. */
    THOROUGH;

    private final List<String> options;

    Jit(String... options) {
        this.options = List.of(options);
    }

    /** For the JVM's command line. */
    public List<String> options() {
        return options;
    }
}
