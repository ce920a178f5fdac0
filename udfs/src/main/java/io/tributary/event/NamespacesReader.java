package io.tributary.event;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlNode;
import io.tributary.event.Namespace.Normaliser;
import io.tributary.event.Namespaces.Rules;
import io.tributary.event.Namespaces.Standing;
import io.tributary.event.Namespaces.StandingRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code identity.yaml}: namespaces in rising rank, blocked values, hints. */
final class NamespacesReader {

    /** Key under {@code blocked} whose values stand for nobody in any namespace. */
    private static final String ANY = "any";

    private final Problems problems;
    private final List<Rules> byRank = new ArrayList<>();

    private NamespacesReader(Problems problems) {
        this.problems = problems;
    }

    static Namespaces read(Definitions definitions, Problems problems) {
        Definitions.SourceFile file = definitions.file(Definitions.IDENTITY);
        if (file == null) {
            problems.add(new Problem(Definitions.IDENTITY, 1, 1, "the file is missing"));
            return new Namespaces(List.of(), List.of());
        }
        return YamlNode.parse(file.path(), file.text(), problems)
                .map(root -> new NamespacesReader(problems).read(root))
                .orElseGet(() -> new Namespaces(List.of(), List.of()));
    }

    private Namespaces read(YamlNode root) {
        SchemaCheck.check(root, "identity", problems);
        YamlFields fields = new YamlFields(root);
        YamlNode blocked = root.get("blocked");
        fields.get("namespaces")
                .ifPresent(list -> list.items().forEach(item -> readNamespace(item, blocked)));
        fields.get("blocked").ifPresent(this::checkBlocked);
        List<StandingRule> standings = new ArrayList<>();
        fields.get("hints")
                .ifPresent(list -> list.items().forEach(item -> standings.add(standing(item))));
        return new Namespaces(byRank, standings);
    }

    private void readNamespace(YamlNode item, @Nullable YamlNode blocked) {
        YamlFields fields = new YamlFields(item);
        Optional<String> name = fields.text("name").filter(n -> nameIsFree(fields, n));
        Optional<Tier> tier = fields.oneOf("tier", Tier.class);
        Optional<Integer> rank = fields.positiveInteger("rank");
        Normaliser normaliser =
                fields.oneOf("normaliser", Normaliser.class).orElse(Normaliser.TRIM);
        String region = region(fields, normaliser);
        if (name.isEmpty() || tier.isEmpty() || rank.isEmpty()) {
            return;
        }
        Namespace read =
                new Namespace(
                        name.get(),
                        tier.get(),
                        rank.get(),
                        normaliser,
                        fields.isTrue("deliverable"));
        checkOrder(fields, read);
        byRank.add(new Rules(read, region, blockedValues(read, region, blocked)));
    }

    private boolean nameIsFree(YamlFields fields, String name) {
        boolean taken = names().contains(name);
        if (taken) {
            problems.add(fields.place("name"), "namespace '" + name + "' is declared twice");
        }
        return !taken;
    }

    private @Nullable String region(YamlFields fields, Normaliser normaliser) {
        Optional<String> region = fields.text("region");
        if (region.isEmpty()) {
            return null;
        }
        YamlNode at = fields.place("region");
        if (normaliser != Normaliser.PHONE) {
            problems.add(at, "only a phone namespace has a region");
            return null;
        }
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region.get())) {
            problems.add(at, "'" + region.get() + "' is not a region such as DE or US");
            return null;
        }
        return region.get();
    }

    private void checkOrder(YamlFields fields, Namespace read) {
        if (byRank.isEmpty()) {
            return;
        }
        Namespace before = byRank.get(byRank.size() - 1).namespace();
        if (read.rank() <= before.rank()) {
            problems.add(
                    fields.place("rank"),
                    "ranks must rise strictly: "
                            + read.rank()
                            + " is not above "
                            + before.rank()
                            + " of '"
                            + before.name()
                            + "'");
        }
        if (read.tier().compareTo(before.tier()) < 0) {
            problems.add(
                    fields.place("tier"),
                    "tiers must rise with the ranks: '"
                            + YamlFields.word(read.tier())
                            + "' stands after '"
                            + YamlFields.word(before.tier())
                            + "'");
        }
        if (before.tier() == Tier.ACCOUNT) {
            problems.add(
                    fields.place("name"),
                    "only one namespace is of tier account: '"
                            + before.name()
                            + "'; what another system calls the customer is a contact below it");
        }
    }

    private Set<String> blockedValues(
            Namespace namespace, @Nullable String region, @Nullable YamlNode blocked) {
        Set<String> values = new HashSet<>();
        if (blocked == null) {
            return values;
        }
        YamlFields fields = new YamlFields(blocked);
        for (String key : List.of(ANY, namespace.name())) {
            for (YamlNode value : fields.scalars(key)) {
                String text = value.text();
                values.add(
                        Namespaces.normalise(namespace.normaliser(), region, text)
                                .orElse(text)
                                .toLowerCase(Locale.ROOT));
            }
        }
        return values;
    }

    private void checkBlocked(YamlNode blocked) {
        for (YamlNode key : blocked.keys()) {
            if (!key.text().equals(ANY) && !names().contains(key.text())) {
                problems.add(key, unknownNamespace(key.text()));
            }
        }
    }

    private static String unknownNamespace(String name) {
        return "unknown namespace '" + name + "'";
    }

    private List<String> names() {
        return byRank.stream().map(rule -> rule.namespace().name()).toList();
    }

    private StandingRule standing(YamlNode item) {
        YamlFields fields = new YamlFields(item);
        Optional<String> namespace = fields.text("namespace");
        if (namespace.isPresent() && !names().contains(namespace.get())) {
            problems.add(fields.place("namespace"), unknownNamespace(namespace.get()));
        }
        return new StandingRule(
                fields.text("source").orElse(null),
                fields.text("type").orElse(null),
                namespace.orElse(null),
                fields.oneOf("as", Standing.class).orElse(Standing.HINT));
    }
}
