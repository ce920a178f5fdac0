package io.tributary.bench;

import io.tributary.bench.HouseholdSessions.Session;
import io.tributary.bench.OperatorRun.Store;
import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.identity.IdentityOperator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Real sessions of visitors who use several devices, with the visitor hidden but for a share of
 * sessions that log in: are sessions put together that belong together? Beside connected
 * components, which put together whatever was ever seen together.
 */
final class CrossDeviceBenchmark implements Benchmark {

    private static final String PREFIX = "cross_device.";
    private static final String COMPONENTS = "components.";

    /** Percent of the sessions that log in. */
    private static final List<Integer> LOGINS = List.of(20, 50, 80);

    /** Empty for the sessions as they are. */
    private static final List<String> HOUSEHOLDS = List.of("", "shared.");

    /** Of the visitors, in households of two. */
    private static final double SHARED = 0.3;

    /** Which sessions log in, and who lives together, is drawn so often; means are reported. */
    private static final int DRAWS = 10;

    /** Longer than the data. */
    private static final Duration UNLIMITED = Duration.ofDays(3_650);

    @Override
    public String name() {
        return "cross-device";
    }

    @Override
    public String description() {
        return "who owns real sessions on several devices, beside connected components";
    }

    @Override
    public Optional<String> missing(Scale scale) {
        return Files.isRegularFile(scale.crossDevice().resolve(HouseholdSessions.FILE))
                ? Optional.empty()
                : Optional.of(
                        "there is no "
                                + scale.crossDevice().resolve(HouseholdSessions.FILE).normalize()
                                + "; --cross-device says where it is");
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String households : HOUSEHOLDS) {
            for (String method : List.of("", COMPONENTS)) {
                for (int logins : LOGINS) {
                    keys.add(PREFIX + method + households + "precision_" + logins);
                    keys.add(PREFIX + method + households + "recall_" + logins);
                }
            }
        }
        return keys;
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        Definitions definitions =
                IdentityDefinitions.read(
                        scale.definitions(),
                        Map.of(
                                "backfill", UNLIMITED.toDays() + "d",
                                "validity", UNLIMITED.toDays() + "d"));
        TreeMap<String, Double> values = new TreeMap<>();
        try {
            HouseholdSessions read = HouseholdSessions.read(scale.crossDevice());
            for (String households : HOUSEHOLDS) {
                for (int logins : LOGINS) {
                    List<PairScore> ours = new ArrayList<>();
                    List<PairScore> components = new ArrayList<>();
                    for (int draw = 1; draw <= DRAWS; draw++) {
                        HouseholdSessions data =
                                households.isEmpty() ? read : read.shared(SHARED, draw);
                        List<CustomerEvent> events = events(data, logins, draw);
                        List<String> truth =
                                data.sessions().stream().map(Session::visitor).toList();
                        ours.add(PairScore.of(assigned(definitions, events), truth));
                        components.add(PairScore.of(Components.of(events), truth));
                    }
                    put(values, PREFIX + households, logins, PairScore.mean(ours));
                    put(
                            values,
                            PREFIX + COMPONENTS + households,
                            logins,
                            PairScore.mean(components));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BenchmarkFailure e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the identity stage failed", e);
        }
        return values;
    }

    private static void put(Map<String, Double> values, String prefix, int logins, PairScore mean) {
        values.put(prefix + "precision_" + logins, mean.precision());
        values.put(prefix + "recall_" + logins, mean.recall());
    }

    /** One event a session: on its device and, where it logs in, of its visitor. */
    private static List<CustomerEvent> events(HouseholdSessions data, int logins, int draw) {
        Random random = new Random(draw);
        List<CustomerEvent> events = new ArrayList<>();
        for (Session session : data.sessions()) {
            TreeSet<Identifier> identifiers = new TreeSet<>();
            identifiers.add(new Identifier("anonymous_id", session.device()));
            if (random.nextInt(100) < logins) {
                identifiers.add(new Identifier("user_id", session.visitor()));
            }
            events.add(
                    new CustomerEvent(
                            session.id(),
                            identifiers.size() > 1 ? "signed_in" : "page_viewed",
                            session.start(),
                            session.start(),
                            session.start(),
                            "web",
                            "web",
                            List.copyOf(identifiers),
                            "{}".getBytes(StandardCharsets.UTF_8)));
        }
        return events;
    }

    /** The customer of each event in the end, in their order. */
    private static List<String> assigned(Definitions definitions, List<CustomerEvent> events)
            throws Exception {
        Map<String, Map<String, Integer>> sums = new HashMap<>();
        try (IdentityStage stage =
                new IdentityStage(
                        definitions,
                        UNLIMITED,
                        IdentityOperator.CACHED,
                        operator -> Store.heap(),
                        told ->
                                sums.computeIfAbsent(told.event().id(), id -> new TreeMap<>())
                                        .merge(told.customer(), told.sign(), Integer::sum))) {
            for (CustomerEvent event : events) {
                stage.process(event);
            }
        }
        return events.stream().map(event -> customer(sums.get(event.id()))).toList();
    }

    private static String customer(@Nullable Map<String, Integer> sums) {
        List<String> present =
                sums == null
                        ? List.of()
                        : sums.entrySet().stream()
                                .filter(sum -> sum.getValue() != 0)
                                .map(Map.Entry::getKey)
                                .toList();
        if (present.size() != 1) {
            throw new BenchmarkFailure("an event has not one customer: " + present);
        }
        return present.get(0);
    }
}
