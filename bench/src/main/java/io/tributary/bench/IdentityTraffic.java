package io.tributary.bench;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The workload of {@link IdentityBenchmark}, the same for the same number of devices: visits to a
 * shop, of eight events on average, 30 s between two, many visits at a time. A device has {@link
 * #EVENTS_PER_DEVICE} events a month on average, some more than others; two devices belong to one
 * account. Of a hundred visits 75 are anonymous from beginning to end, in 20 somebody logs in at
 * the third event, and 5 come with the account alone; so four fifths of all events are anonymous.
 */
final class IdentityTraffic {

    static final int EVENTS_PER_DEVICE = 9;

    /** Kinds of identifier that appear. */
    static final Set<String> NAMESPACES = Set.of("anonymous_id", "user_id");

    private static final long MONTH = Duration.ofDays(30).toMillis();
    private static final int VISIT_EVENTS = 8;
    private static final long GAP = Duration.ofSeconds(30).toMillis();
    private static final int DEVICES_PER_CONCURRENT = 5_000;
    private static final int DEVICES_PER_ACCOUNT = 2;
    private static final int LOGIN_AT = 2;

    private static final int LOGIN_VISITS = 20;
    private static final int ACCOUNT_VISITS = 5;

    /** Of a hundred visits with a login so many end with a logout. */
    private static final int LOGOUTS = 10;

    /** Of a hundred visits with a login so many are by somebody else's account. */
    private static final int GUESTS = 2;

    /** Which devices come more often: 1 would be all alike. */
    private static final double SKEW = 1.5;

    private final int devices;
    private final long pause;
    private final SplittableRandom random = new SplittableRandom(1);
    private final PriorityQueue<Visit> visits =
            new PriorityQueue<>((a, b) -> Long.compare(a.next, b.next));
    private long last = EngineTraffic.LIVE;
    private int number;

    IdentityTraffic(int devices) {
        this.devices = devices;
        int concurrent = Math.max(1, devices / DEVICES_PER_CONCURRENT);
        long visit = (long) VISIT_EVENTS * concurrent * MONTH / EVENTS_PER_DEVICE / devices;
        this.pause = Math.max(1, visit - VISIT_EVENTS * GAP);
        for (int i = 0; i < concurrent; i++) {
            visits.add(new Visit(last + 1 + random.nextLong(visit)));
        }
    }

    /** Everybody who can appear: devices and accounts. */
    List<String> identifiers() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            keys.add(device(i).key());
        }
        for (int i = 0; i <= devices / DEVICES_PER_ACCOUNT; i++) {
            keys.add(account(i).key());
        }
        return keys;
    }

    int devices() {
        return devices;
    }

    /** How many events make a month. */
    int month() {
        return devices * EVENTS_PER_DEVICE;
    }

    private static Identifier device(int number) {
        return new Identifier("anonymous_id", hash(number));
    }

    private static Identifier account(int number) {
        return new Identifier("user_id", hash(-1L - number));
    }

    private static String hash(long number) {
        SplittableRandom digits = new SplittableRandom(number);
        return HexFormat.of().toHexDigits(digits.nextLong())
                + HexFormat.of().toHexDigits(digits.nextLong());
    }

    /** The next events, in order of time; no two happen at the same. */
    List<CustomerEvent> take(int events) {
        List<CustomerEvent> taken = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            Visit visit = visits.remove();
            last = Math.max(last + 1, visit.next);
            taken.add(visit.event(last));
            visits.add(visit.isOver() ? new Visit(last + upTo(2 * pause)) : visit.later(last));
        }
        return taken;
    }

    private long upTo(long most) {
        return 1 + random.nextLong(most);
    }

    /** What one device, or one account, does in a row. */
    private final class Visit {

        private final Identifier device;
        private final Identifier account;
        private final boolean onlyAccount;
        private final boolean logsIn;
        private final boolean logsOut;
        private final int length;
        private int done;
        private long next;

        Visit(long next) {
            this.next = next;
            int which = (int) (devices * Math.pow(random.nextDouble(), SKEW));
            int kind = random.nextInt(100);
            onlyAccount = kind < ACCOUNT_VISITS;
            logsIn = !onlyAccount && kind < ACCOUNT_VISITS + LOGIN_VISITS;
            logsOut = random.nextInt(100) < LOGOUTS;
            device = device(which);
            account =
                    account(
                            (random.nextInt(100) < GUESTS ? random.nextInt(devices) : which)
                                    / DEVICES_PER_ACCOUNT);
            int events = 1;
            while (random.nextInt(VISIT_EVENTS) > 0) {
                events++;
            }
            length = events;
        }

        boolean isOver() {
            return done == length;
        }

        Visit later(long now) {
            next = now + upTo(2 * GAP);
            return this;
        }

        CustomerEvent event(long time) {
            String type = "page_viewed";
            List<Identifier> identifiers = List.of(device);
            if (onlyAccount) {
                identifiers = List.of(account);
            } else if (logsIn && done >= LOGIN_AT) {
                identifiers = List.of(device, account);
                type = done == LOGIN_AT ? "signed_in" : "product_viewed";
                type = done == length - 1 && logsOut ? "signed_out" : type;
            }
            done++;
            number++;
            return new CustomerEvent(
                    "01j" + HexFormat.of().toHexDigits(random.nextLong()) + number,
                    type,
                    time,
                    time,
                    time + 200,
                    "web",
                    "web",
                    identifiers,
                    ("{\"category\":\"shoes\",\"price\":49.9,\"product_id\":\"p"
                                    + random.nextInt(10_000)
                                    + "\",\"title\":\"Trail running"
                                    + " shoe\",\"url\":\"/shoes/trail\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }
}
