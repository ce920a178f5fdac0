package io.tributary.event;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of identifier of {@code identity.yaml}: how each is normalised, which values stand for
 * nobody, and where a value is only a hint.
 */
public final class Namespaces {

    /** Longest raw value that is looked at, in characters; a longer one stands for nobody. */
    static final int LONGEST_VALUE = 512;

    /** Fewest digits of a number with its country code; shorter ones are service numbers. */
    static final int SHORTEST_PHONE = 7;

    /** How firmly an event speaks for an identifier that it carries. */
    public enum Standing {
        /** Known to be this customer's: login, order, signed-in traffic. */
        ASSERTED,
        /** Perhaps this customer's, such as the e-mail address in a forwarded link. */
        HINT,
        /** Not this customer's, such as the terminal of the agent who serves them. */
        IGNORED
    }

    /**
     * @param region two letters, assumed for phone numbers without country code; null for none
     * @param blocked normalised values in lower case that stand for nobody
     */
    record Rules(Namespace namespace, @Nullable String region, Set<String> blocked) {}

    /** What {@code identity.yaml} says about the standing of identifiers; null fields match all. */
    record StandingRule(
            @Nullable String source,
            @Nullable String type,
            @Nullable String namespace,
            Standing standing) {

        boolean covers(String itsSource, String itsType, String itsNamespace) {
            return (source == null || source.equals(itsSource))
                    && (type == null || type.equals(itsType))
                    && (namespace == null || namespace.equals(itsNamespace));
        }
    }

    private final List<Namespace> byRank;
    private final Map<String, Rules> rules;
    private final List<StandingRule> standings;

    Namespaces(List<Rules> byRank, List<StandingRule> standings) {
        this.byRank = byRank.stream().map(Rules::namespace).toList();
        TreeMap<String, Rules> byName = new TreeMap<>();
        byRank.forEach(rule -> byName.put(rule.namespace().name(), rule));
        this.rules = byName;
        this.standings = List.copyOf(standings);
    }

    /** Reads {@code identity.yaml}; what cannot be read is left out and named in problems. */
    public static Namespaces read(Definitions definitions, Problems problems) {
        return NamespacesReader.read(definitions, problems);
    }

    /** All namespaces, lowest rank first. */
    public List<Namespace> byRank() {
        return byRank;
    }

    public Optional<Namespace> named(String name) {
        return Optional.ofNullable(rules.get(name)).map(Rules::namespace);
    }

    /** Whether an event of this source and type asserts this identifier or only hints at it. */
    public Standing standing(String source, String type, String namespace) {
        Standing standing = Standing.ASSERTED;
        for (StandingRule rule : standings) {
            if (rule.covers(source, type, namespace)) {
                standing = rule.standing();
            }
        }
        return standing;
    }

    /**
     * The one form in which a raw value is hashed.
     *
     * @return empty if the namespace is unknown, the value does not fit it, or it is blocked
     */
    public Optional<String> normalise(String namespace, String raw) {
        Rules rule = rules.get(namespace);
        if (rule == null || raw.length() > LONGEST_VALUE) {
            return Optional.empty();
        }
        return normalise(rule.namespace().normaliser(), rule.region(), raw)
                .filter(value -> !rule.blocked().contains(value.toLowerCase(Locale.ROOT)));
    }

    static Optional<String> normalise(
            Namespace.Normaliser normaliser, @Nullable String region, String raw) {
        String trimmed = raw.strip();
        if (trimmed.isEmpty()) {
            return Optional.empty();
        }
        return switch (normaliser) {
            case TRIM -> Optional.of(trimmed);
            case LOWERCASE -> Optional.of(trimmed.toLowerCase(Locale.ROOT));
            case EMAIL -> email(trimmed.toLowerCase(Locale.ROOT));
            case PHONE -> phone(trimmed, region);
        };
    }

    private static Optional<String> email(String value) {
        int at = value.indexOf('@');
        boolean oneAt = at > 0 && at == value.lastIndexOf('@') && at < value.length() - 1;
        boolean spaced = value.chars().anyMatch(Character::isWhitespace);
        return oneAt && !spaced ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> phone(String value, @Nullable String region) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = phones.parse(value, region);
            String e164 = phones.format(number, PhoneNumberFormat.E164);
            return phones.isPossibleNumber(number) && e164.length() > SHORTEST_PHONE
                    ? Optional.of(e164)
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
