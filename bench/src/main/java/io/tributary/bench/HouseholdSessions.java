package io.tributary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Real sessions of visitors who use several devices, and households invented on top of them. */
final class HouseholdSessions {

    /** The file of the data set: one session a line, with {@code |} between columns. */
    static final String FILE = "airbnb-session-data.txt";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /**
     * One session.
     *
     * @param visitor whose it is: the truth
     * @param device on which, as far as it is visible
     * @param start epoch milliseconds
     */
    record Session(String id, String visitor, String device, long start) {}

    private final List<Session> sessions;

    private HouseholdSessions(List<Session> sessions) {
        this.sessions = sessions;
    }

    /** Reads the file in this folder: sessions in order of time, devices told apart by visitor. */
    static HouseholdSessions read(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(FILE), StandardCharsets.UTF_8);
        List<String> names = List.of(lines.get(0).split("\\|", -1));
        int visitor = column(names, "id_visitor");
        int id = column(names, "id_session");
        int device = column(names, "dim_device_app_combo");
        int start = column(names, "ts_min");
        List<Session> sessions = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\\|", -1);
            sessions.add(
                    new Session(
                            fields[id],
                            fields[visitor],
                            fields[visitor] + " " + fields[device],
                            LocalDateTime.parse(fields[start], TIME)
                                    .toInstant(ZoneOffset.UTC)
                                    .toEpochMilli()));
        }
        sessions.sort(Comparator.comparingLong(Session::start).thenComparing(Session::id));
        return new HouseholdSessions(sessions);
    }

    private static int column(List<String> names, String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new BenchmarkFailure(FILE + " has no column " + name);
        }
        return at;
    }

    List<Session> sessions() {
        return sessions;
    }

    /**
     * The same sessions, but a share of the visitors live in pairs, and the device that each of the
     * two uses most is one and the same.
     */
    HouseholdSessions shared(double share, long seed) {
        List<String> visitors = new ArrayList<>(new TreeSet<>(mostUsed().keySet()));
        Collections.shuffle(visitors, new Random(seed));
        int members = (int) (visitors.size() * share) / 2 * 2;
        Map<String, String> device = new HashMap<>();
        for (int i = 0; i < members; i++) {
            device.put(mostUsed().get(visitors.get(i)), "household " + i / 2);
        }
        return new HouseholdSessions(
                sessions.stream()
                        .map(
                                session ->
                                        new Session(
                                                session.id(),
                                                session.visitor(),
                                                device.getOrDefault(
                                                        session.device(), session.device()),
                                                session.start()))
                        .toList());
    }

    /** Visitor to device. */
    private Map<String, String> mostUsed() {
        Map<String, Map<String, Integer>> uses = new TreeMap<>();
        for (Session session : sessions) {
            uses.computeIfAbsent(session.visitor(), v -> new TreeMap<>())
                    .merge(session.device(), 1, Integer::sum);
        }
        Map<String, String> most = new TreeMap<>();
        uses.forEach(
                (visitor, devices) ->
                        most.put(
                                visitor,
                                Collections.max(devices.entrySet(), Map.Entry.comparingByValue())
                                        .getKey()));
        return most;
    }
}
