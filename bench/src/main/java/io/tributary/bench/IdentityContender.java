package io.tributary.bench;

import io.tributary.bench.OperatorRun.Store;
import io.tributary.definition.Definitions;
import io.tributary.identity.Assignment;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** The identity stage with one reach of backfill. */
final class IdentityContender implements EngineContender {

    private final IdentityReach reach;
    private final IdentityStage stage;
    private long told;

    /**
     * @param folder of definitions
     * @param cached most identifiers of each layer on the heap
     * @param store by operator
     */
    IdentityContender(IdentityReach reach, Path folder, int cached, Function<String, Store> store)
            throws Exception {
        this.reach = reach;
        String days = reach.reach().toDays() + "d";
        Definitions definitions =
                IdentityDefinitions.read(folder, Map.of("backfill", days, "unlink_reach", days));
        // events come in order: one is final when no login can reach back to it any more
        this.stage = new IdentityStage(definitions, reach.reach(), cached, store, this::tell);
    }

    private void tell(Assignment assignment) {
        told += assignment.sign();
    }

    IdentityReach reach() {
        return reach;
    }

    /** Events that are somebody's. */
    long told() {
        return told;
    }

    IdentityStage stage() {
        return stage;
    }

    @Override
    public String name() {
        return reach.label();
    }

    @Override
    public void process(Assignment assignment) throws Exception {
        stage.process(assignment.event());
    }

    @Override
    public void watermark(long time) throws Exception {
        stage.watermark(time);
    }

    @Override
    public void close() throws Exception {
        stage.close();
    }
}
