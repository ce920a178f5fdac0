package io.tributary.bench;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The workload of {@link EngineBenchmark}, the same for the same number of customers: what every
 * customer did before, and what happens now. Now, {@link #concurrent} visits run at a time, their
 * events interleaved; when one ends, that of another customer begins. Some customers come more
 * often than others.
 */
final class EngineTraffic {

    /** When the measured traffic begins: 2026-03-01T00:00:00.000Z. */
    static final long LIVE = 1_772_323_200_000L;

    static final int HISTORY_EVENTS = 40;

    static final int SHOPS = 10;

    /** The source of an event is this and a number below {@link #SHOPS}. */
    static final String SHOP = "shop-";

    /** Events of a visit: the mean now, all visits of the history. */
    static final int SESSION_EVENTS = 8;

    private static final int MOST_CONCURRENT = 1_000;

    private static final int CUSTOMERS_PER_CONCURRENT = 5;

    /** Within the horizon of 30 days, so that no log is cut while it is measured. */
    private static final Duration HISTORY = Duration.ofDays(29);

    /**
     * Visits in the longest window of the definitions without {@code per}. Nothing of theirs is
     * under way when the measured traffic begins, so that rivals who know no history find the same.
     */
    private static final int RECENT_SESSIONS = 2;

    private static final int HISTORY_SESSIONS = HISTORY_EVENTS / SESSION_EVENTS;

    /** Customers whose history is worked out; all others have that of one of them. */
    private static final int MOST_TEMPLATES = 10_000;

    /** Hex digits that tell customers apart. */
    static final int NAME_LENGTH = 32;

    private final int customers;
    private final int templates;

    EngineTraffic(int customers) {
        this(customers, MOST_TEMPLATES);
    }

    /**
     * @param templates how many different histories there are, if there are as many customers
     */
    EngineTraffic(int customers, int templates) {
        this.customers = customers;
        this.templates = Math.min(customers, templates);
    }

    int customers() {
        return customers;
    }

    private int concurrent() {
        return Math.max(1, Math.min(MOST_CONCURRENT, customers / CUSTOMERS_PER_CONCURRENT));
    }

    /** The first so many customers differ in what they did. */
    int templates() {
        return templates;
    }

    /** Which of {@link #templates} did the same as this customer. */
    int template(int number) {
        return number % templates;
    }

    /** Where a customer always buys: the source of their events. */
    private String shop(int number) {
        return SHOP + template(number) % SHOPS;
    }

    /** Key of a customer, such as {@code user_id:3f2a…}. */
    String customer(int number) {
        return "user_id:" + hash(number);
    }

    private static String hash(int number) {
        SplittableRandom random = new SplittableRandom(number);
        return HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * What the customer did in the {@link #HISTORY} before: {@link #HISTORY_EVENTS} events in order
     * of time, the last at least an hour ago. Whoever has the same template did the same, under
     * another name.
     */
    List<CustomerEvent> history(int number) {
        SplittableRandom random = new SplittableRandom(-1L - template(number));
        List<CustomerEvent> events = new ArrayList<>(HISTORY_EVENTS);
        long slot = HISTORY.toMillis() / HISTORY_SESSIONS;
        long most = slot - Duration.ofHours(3).toMillis();
        for (int i = 0; i < HISTORY_SESSIONS; i++) {
            long time = LIVE - HISTORY.toMillis() + i * slot + random.nextLong(most);
            SessionKind kind = SessionKind.draw(random);
            if (kind == SessionKind.AFTER_SALES && i >= HISTORY_SESSIONS - RECENT_SESSIONS) {
                kind = SessionKind.BROWSE;
            }
            Session session = new Session(random, kind, hash(number), shop(number), SESSION_EVENTS);
            while (!session.isOver()) {
                time += Math.min(session.gap(), Duration.ofMinutes(10).toMillis());
                events.add(session.next(time).event());
            }
        }
        return events;
    }

    /** Traffic that begins at {@code start}, epoch milliseconds. */
    Live live(long start, long seed) {
        return new Live(start, seed);
    }

    /** Events in order of time; no two happen at the same. */
    final class Live {

        private record Next(long time, Session session) {}

        private final SplittableRandom random;
        private final PriorityQueue<Next> queue =
                new PriorityQueue<>((a, b) -> Long.compare(a.time(), b.time()));
        private long last;

        private Live(long start, long seed) {
            random = new SplittableRandom(seed);
            last = start;
            for (int i = 0; i < concurrent(); i++) {
                Session session = begin();
                queue.add(new Next(start + session.gap(), session));
            }
        }

        /** Time of the newest event. */
        long time() {
            return last;
        }

        List<Assignment> take(int events) {
            List<Assignment> taken = new ArrayList<>(events);
            for (int i = 0; i < events; i++) {
                Next next = queue.remove();
                last = Math.max(last + 1, next.time());
                taken.add(next.session().next(last));
                Session session = next.session().isOver() ? begin() : next.session();
                queue.add(new Next(last + session.gap(), session));
            }
            return taken;
        }

        private Session begin() {
            SplittableRandom own = random.split();
            // a third of the visits are by the most active twentieth of the customers
            double place = own.nextDouble();
            int number = (int) (customers * place * place * place);
            return new Session(own, SessionKind.draw(own), hash(number), shop(number), length(own));
        }

        /** At least 1, the mean is {@link #SESSION_EVENTS}. */
        private int length(SplittableRandom own) {
            int length = 1;
            while (own.nextInt(SESSION_EVENTS) > 0) {
                length++;
            }
            return length;
        }
    }

    /**
     * The same events, a share of them late: each of those comes after one to three later events of
     * its own customer.
     *
     * @param events in order of time
     * @param share of all events
     */
    static List<Assignment> disorder(List<Assignment> events, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] after = new int[events.size()];
        Arrays.setAll(after, i -> i);
        boolean[] settled = new boolean[after.length];
        int wanted = (int) Math.round(share * events.size());
        for (int tries = 0; wanted > 0 && tries < 10 * events.size(); tries++) {
            int i = random.nextInt(events.size());
            int place = settled[i] ? i : later(events, i, 1 + random.nextInt(3));
            if (place != i && after[place] == place) {
                after[i] = place;
                settled[i] = true;
                settled[place] = true;
                wanted--;
            }
        }
        List<List<Assignment>> behind = new ArrayList<>(events.size());
        events.forEach(event -> behind.add(new ArrayList<>(1)));
        List<Assignment> disordered = new ArrayList<>(events.size());
        for (int i = 0; i < after.length; i++) {
            if (after[i] == i) {
                disordered.add(events.get(i));
            } else {
                behind.get(after[i]).add(events.get(i));
            }
            disordered.addAll(behind.get(i));
        }
        return disordered;
    }

    /** Index of the {@code count}th later event of the same customer; of the last one if fewer. */
    private static int later(List<Assignment> events, int from, int count) {
        int found = from;
        int left = count;
        String customer = events.get(from).customer();
        for (int i = from + 1; i < events.size() && left > 0; i++) {
            if (events.get(i).customer().equals(customer)) {
                found = i;
                left--;
            }
        }
        return found;
    }
}
