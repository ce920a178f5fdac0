package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.YamlFields;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code ownership} of {@code identity.yaml}. Syntax and schema of the file are reported by {@link
 * io.tributary.event.Namespaces#read}, which reads the rest of it; here only what a schema cannot
 * say.
 */
final class IdentitySettingsReader {

    private IdentitySettingsReader() {}

    static IdentitySettings read(Definitions definitions, Problems problems) {
        Definitions.SourceFile file = definitions.file(Definitions.IDENTITY);
        if (file == null) {
            return IdentitySettings.DEFAULT;
        }
        return YamlNode.parse(file.path(), file.text(), new Problems())
                .flatMap(root -> new YamlFields(root).get("ownership"))
                .map(node -> read(node, problems))
                .orElse(IdentitySettings.DEFAULT);
    }

    private static IdentitySettings read(YamlNode node, Problems problems) {
        IdentitySettings def = IdentitySettings.DEFAULT;
        YamlFields fields = new YamlFields(node);
        YamlFields shared = new YamlFields(fields.get("shared").orElse(node));
        YamlFields crowd = new YamlFields(fields.get("crowd").orElse(node));
        YamlFields busy = new YamlFields(fields.get("busy").orElse(node));
        IdentitySettings read =
                new IdentitySettings(
                        millis(fields, "backfill", def.backfill()),
                        millis(fields, "validity", def.validity()),
                        millis(shared, "window", def.sharedWindow()),
                        millis(fields, "unlink_reach", def.unlinkReach()),
                        shared.positiveInteger("more_than").orElse(def.sharedAbove()),
                        millis(shared, "claim_within", def.claimWithin()),
                        crowd.positiveInteger("more_than").orElse(def.crowdAbove()),
                        fields.oneOf("logout", IdentitySettings.Logout.class).orElse(def.logout()),
                        fields.text("hints").map(word -> word.equals("on")).orElse(def.hints()),
                        busy.positiveInteger("claims_a_day").orElse(def.claimsADay()),
                        busy.positiveInteger("events_an_hour").orElse(def.eventsAnHour()));
        if (read.validity() == 0) {
            problems.add(fields.place("validity"), "a claim has to hold for some time");
        }
        if (read.claimWithin() > read.validity()) {
            problems.add(
                    shared.place("claim_within"),
                    "longer than a claim holds at all: validity is "
                            + DurationText.format(Duration.ofMillis(read.validity())));
        }
        return read;
    }

    private static long millis(YamlFields fields, String key, long otherwise) {
        Optional<Duration> read = fields.text(key).flatMap(DurationText::parse);
        return read.map(Duration::toMillis).orElse(otherwise);
    }
}
