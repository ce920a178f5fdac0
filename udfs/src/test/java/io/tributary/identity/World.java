package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import io.tributary.definition.Problems;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespaces;
import io.tributary.identity.IdentitySettings.Logout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A small invented world by seed: people with their own devices, a shared tablet, a kiosk, recycled
 * phone numbers, several addresses each; they browse, log in and out, order as guests, click
 * forwarded links, call, are taken for one and unlinked, and have accounts that turn out to be one.
 * Some events carry any identifiers at all, many happen at the same time.
 */
final class World {

    static final long START = 1772323200000L;
    static final long HOUR = 3_600_000L;
    static final long DAY = 24 * HOUR;

    /** In rising rank. */
    static final List<String> NAMESPACES =
            List.of("anonymous_id", "device_id", "phone", "email", "user_id");

    /** {@code identity.yaml} without {@code ownership}. */
    static final String IDENTITY =
            """
            namespaces:
              - {name: anonymous_id, tier: device, rank: 1}
              - {name: device_id, tier: device, rank: 2}
              - {name: phone, tier: contact, rank: 3}
              - {name: email, tier: contact, rank: 5}
              - {name: user_id, tier: account, rank: 9}
            hints:
              - {type: email_link_clicked, namespace: email}
              - {source: forum, namespace: user_id}
              - {source: agent, namespace: device_id, as: ignored}
            """;

    static final Namespaces RANKS = ranks();

    final IdentitySettings settings;
    final List<CustomerEvent> events = new ArrayList<>();

    private final Random random;
    private final int days;
    private final int people;
    private final boolean aliases;

    /** Asks for somebody's erasure; null in most worlds. */
    final @Nullable CustomerEvent erasure;

    World(long seed) {
        random = new Random(seed);
        settings = settings();
        days = 2 + random.nextInt(30);
        people = 1 + random.nextInt(7);
        boolean erases = random.nextInt(3) == 0;
        aliases = !erases && random.nextBoolean();
        int count = 10 + random.nextInt(70);
        for (int i = 0; i < count; i++) {
            happens("e" + i);
        }
        erasure = erases ? request() : null;
    }

    /**
     * Somewhere in the middle of what happens. No link is taken back after it: what an unlink gives
     * to somebody else after an erasure is not there any more.
     */
    private CustomerEvent request() {
        String account = "user_id:u" + random.nextInt(people);
        String device = device(random.nextInt(people));
        switch (random.nextInt(4)) {
            case 0, 1 -> add("request", "erasure_requested", "web", account);
            case 2 -> add("request", "erasure_requested", "web", device, account);
            default ->
                    add(
                            "request",
                            "erasure_requested",
                            "web",
                            pick(device, "email:m" + random.nextInt(people), "phone:p0"));
        }
        CustomerEvent request = events.remove(events.size() - 1);
        events.removeIf(
                event ->
                        event.time() > request.time()
                                && event.type().equals("identifiers_unlinked"));
        return request;
    }

    boolean hasAliases() {
        return aliases;
    }

    /** Milliseconds from the first possible event to the last. */
    long span() {
        return days * DAY;
    }

    private static Namespaces ranks() {
        Problems problems = new Problems();
        Namespaces read =
                Namespaces.read(
                        Definitions.of(
                                new TreeMap<>(
                                        Map.of(
                                                Definitions.IDENTITY,
                                                new SourceFile("identity.yaml", IDENTITY)))),
                        problems);
        problems.throwIfAny();
        return read;
    }

    private IdentitySettings settings() {
        return new IdentitySettings(
                pick(0L, DAY, 5 * DAY, 40 * DAY),
                pick(DAY, 6 * DAY, 60 * DAY),
                pick(DAY, 4 * DAY, 20 * DAY),
                pick(0L, 2 * DAY, 10 * DAY),
                pick(1, 2, 3, 5),
                pick(HOUR / 2, 5 * HOUR, DAY),
                pick(1, 2, 4, 10),
                Logout.values()[random.nextInt(3)],
                random.nextInt(4) > 0,
                1000,
                500);
    }

    @SafeVarargs
    private <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void happens(String id) {
        int person = random.nextInt(people);
        String account = "user_id:u" + (chance(85) ? person : random.nextInt(people));
        String device = device(person);
        String email = "email:m" + (person + (chance(20) ? people : 0));
        String phone =
                "phone:p" + (chance(80) ? person : random.nextInt(2)); // numbers are recycled
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> add(id, "page_viewed", "web", device);
            case 3 -> add(id, "signed_in", "web", device, account);
            case 4 -> add(id, "page_viewed", "web", device, account);
            case 5 -> add(id, "order_completed", "web", device, email);
            case 6 -> add(id, "email_link_clicked", "email", device, email);
            case 7 -> {
                if (chance(50)) {
                    add(id, "signed_out", "web", device, account);
                } else {
                    add(id, "signed_out", "web", chance(70) ? device : phone);
                }
            }
            case 8 -> add(id, "call_started", pick("voice", "agent"), phone, device);
            case 9 -> add(id, "case_opened", "voice", phone, chance(50) ? email : account);
            case 10 -> add(id, "customer_identified", "web", email, account);
            case 11 -> {
                if (chance(60)) {
                    add(id, "identifiers_unlinked", "web", pick(device, email, phone), account);
                } else {
                    add(id, "post_written", "forum", device, account);
                }
            }
            case 12 -> {
                if (aliases) {
                    aliased(id, account, "user_id:u" + random.nextInt(people));
                } else {
                    anything(id);
                }
            }
            case 13 -> {
                String type = chance(60) ? "stitching_opted_out" : "stitching_opted_in";
                if (chance(40)) {
                    add(id, type, "web", device, account);
                } else {
                    add(id, type, "web", pick(device, email, phone));
                }
            }
            default -> anything(id);
        }
    }

    /** One's own, the shared tablet, the kiosk, or somebody else's. */
    private String device(int person) {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> "anonymous_id:d" + person;
            case 3 -> "anonymous_id:tablet";
            case 4 -> "device_id:kiosk";
            default -> "device_id:h" + person;
        };
    }

    private void aliased(String id, String account, String other) {
        String type = chance(75) ? "identifiers_aliased" : "identifiers_unlinked";
        event(id, type, "web", "{\"previous_user_id\":\"" + other + "\"}", account);
    }

    private void anything(String id) {
        TreeSet<String> keys = new TreeSet<>();
        int count = 1 + random.nextInt(4);
        while (keys.size() < count) {
            keys.add(pick(device(random.nextInt(people)), "phone:p0", "email:m0", "user_id:u0"));
            keys.add(NAMESPACES.get(random.nextInt(5)) + ":x" + random.nextInt(2));
        }
        add(
                id,
                pick("page_viewed", "signed_out", "email_link_clicked", "identifiers_unlinked"),
                pick("web", "forum", "agent"),
                keys.toArray(String[]::new));
    }

    private void add(String id, String type, String source, String... keys) {
        event(id, type, source, "{}", keys);
    }

    private void event(String id, String type, String source, String properties, String... keys) {
        long step = chance(50) ? DAY / 4 : HOUR / 6;
        long time = START + random.nextLong(days * DAY / step) * step;
        TreeSet<Identifier> identifiers = new TreeSet<>();
        for (String key : keys) {
            identifiers.add(
                    new Identifier(
                            key.substring(0, key.indexOf(':')),
                            key.substring(key.indexOf(':') + 1)));
        }
        CustomerEvent event =
                new CustomerEvent(
                        id,
                        type,
                        time,
                        time,
                        time,
                        "web",
                        source,
                        List.copyOf(identifiers),
                        CanonicalJson.bytes(
                                CanonicalJson.parse(
                                        properties.getBytes(
                                                java.nio.charset.StandardCharsets.UTF_8))));
        events.add(event);
    }
}
