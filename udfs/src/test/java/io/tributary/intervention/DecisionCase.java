package io.tributary.intervention;

import io.tributary.event.CustomerEvent;
import io.tributary.journey.Touchpoint;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads as a sentence: what is known when a decision is asked for. By default: offered on web. */
final class DecisionCase {

    private Match match = Samples.match("m1", "cart-abandonment", "12:00");
    private List<String> channels = List.of("web", "email");
    private Duration cooldown = Duration.ZERO;
    private Duration globalCooldown = Duration.ZERO;
    private double holdout;
    private boolean shadow;
    private String drawnBy = "user_id:aa";
    private Map<String, Boolean> consentDefault = Map.of();
    private final List<CustomerEvent> events = new ArrayList<>();
    private final List<PastDecision> decisions = new ArrayList<>();
    private final List<Touchpoint> touchpoints = new ArrayList<>();

    static DecisionCase eligible() {
        return new DecisionCase();
    }

    DecisionCase match(String id, String pattern, String detectedAt) {
        match = Samples.match(id, pattern, detectedAt);
        return this;
    }

    DecisionCase channels(String... preferred) {
        channels = Arrays.asList(preferred);
        return this;
    }

    DecisionCase cooldown(String duration) {
        cooldown = Duration.parse(duration);
        return this;
    }

    DecisionCase globalCooldown(String duration) {
        globalCooldown = Duration.parse(duration);
        return this;
    }

    DecisionCase holdout(double share) {
        holdout = share;
        return this;
    }

    DecisionCase drawnBy(String identifier) {
        drawnBy = identifier;
        return this;
    }

    DecisionCase shadow(boolean mode) {
        shadow = mode;
        return this;
    }

    DecisionCase silenceMeansYes(String channel) {
        consentDefault = Map.of(channel, true);
        return this;
    }

    DecisionCase consent(String clock, String json) {
        events.add(Samples.consentEvent("c" + events.size(), clock, json));
        return this;
    }

    DecisionCase earlier(Decision decision) {
        decisions.add(PastDecision.of(decision));
        return this;
    }

    DecisionCase touchpoint(String event, String clock) {
        touchpoints.add(new Touchpoint(event, "page_viewed", "web", Samples.at(clock)));
        return this;
    }

    /** The policy knows web, chat and email; email needs consent. */
    Decision decide() {
        Policy policy =
                new Policy(
                        7,
                        Set.of("web", "chat", "email"),
                        "service",
                        Set.of("email"),
                        consentDefault,
                        globalCooldown);
        return new InterventionPolicy(policy)
                .decide(
                        match,
                        new InterventionSpec(
                                "proactive_chat",
                                channels,
                                Duration.ofMinutes(10),
                                cooldown,
                                holdout,
                                null),
                        shadow,
                        new CustomerContext(
                                "user_id:aa",
                                drawnBy,
                                ConsentHistory.of(events),
                                decisions,
                                touchpoints));
    }
}
