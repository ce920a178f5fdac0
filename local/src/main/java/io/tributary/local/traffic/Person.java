package io.tributary.local.traffic;

import java.util.List;
import java.util.Locale;

/**
 * One invented customer and the names under which the channels know them. Domains and phone numbers
 * are of ranges reserved for examples.
 *
 * @param index 0-based; also the number in {@code userId}
 * @param browser anonymous id of the web browser
 * @param phoneApp anonymous id of the mobile app
 * @param clockSkew milliseconds by which the clock of their devices is ahead
 */
record Person(
        int index,
        String userId,
        String name,
        String email,
        String phone,
        String loyaltyCard,
        String socialHandle,
        String browser,
        String phoneApp,
        String city,
        long clockSkew) {

    private static final List<String> FIRST =
            List.of(
                    "Ada", "Ben", "Chen", "Dana", "Emre", "Fay", "Gil", "Hana", "Ivo", "Jun",
                    "Kofi", "Lea", "Mia", "Noor", "Olu", "Pia", "Raj", "Sara", "Tom", "Yuki");
    private static final List<String> LAST =
            List.of(
                    "Adler", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Haas", "Ito",
                    "Jansen", "Kumar", "Lind", "Moreau", "Novak", "Okafor", "Park", "Rossi",
                    "Silva", "Weber", "Zhang");
    private static final List<String> CITIES =
            List.of("Berlin", "Chicago", "Lagos", "Lyon", "Osaka", "Porto", "Pune", "Toronto");

    static Person of(long seed, int index) {
        Dice dice = Dice.of(seed, -1L - index);
        String first = dice.pick(FIRST);
        String last = dice.pick(LAST);
        String handle = (first + "." + last).toLowerCase(Locale.ROOT) + "." + index;
        return new Person(
                index,
                String.format("u-%06d", index),
                first + " " + last,
                handle + "@example.com",
                phone(index),
                String.format("L%08d", index),
                "@" + handle,
                "web-" + dice.hex(16),
                "app-" + dice.hex(16),
                dice.pick(CITIES),
                dice.between(-3_000, 40_000));
    }

    /**
     * Area codes x01 to x09 and x12 to x19 of six hundreds, exchange 555, which is kept for fiction
     * and services: unique for the first million.
     */
    private static String phone(int index) {
        int code = index % 102;
        int withinHundred = code % 17;
        int area = 200 + 100 * (code / 17) + withinHundred + (withinHundred < 9 ? 1 : 3);
        return String.format("+1%03d555%04d", area, (100 + index / 102) % 10_000);
    }
}
