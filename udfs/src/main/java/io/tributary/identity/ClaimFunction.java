package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Namespaces;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each event to its highest identifier at once, and what it says about lower ones to these:
 * one side output a namespace ({@link #to}), one for aliases. Keeps no state.
 */
public final class ClaimFunction extends ProcessFunction<CustomerEvent, Void> {

    private static final long serialVersionUID = 1L;

    /** What events say about accounts being one, and which customers they ask to erase. */
    public static final OutputTag<AccountNews> ALIASES =
            new OutputTag<>("aliases", TypeInformation.of(AccountNews.class));

    private final Definitions definitions;
    private transient EventClaims claims;
    private transient Map<String, OutputTag<IdentityMessage>> tags;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public ClaimFunction(Definitions definitions) {
        this.definitions = definitions;
    }

    /** What is to be told to the identifiers of one namespace. */
    public static OutputTag<IdentityMessage> to(String namespace) {
        return new OutputTag<>("to-" + namespace, TypeInformation.of(IdentityMessage.class));
    }

    @Override
    public void open(OpenContext context) {
        Problems problems = new Problems();
        claims =
                new EventClaims(
                        Namespaces.read(definitions, problems),
                        IdentitySettings.read(definitions, problems));
        problems.throwIfAny();
        tags = new HashMap<>();
    }

    @Override
    public void processElement(CustomerEvent event, Context ctx, Collector<Void> out) {
        String top = claims.top(event);
        Optional<Erasure> erasure = claims.erasure(event);
        if (erasure.isPresent()) { // it is nothing that the customer did
            ctx.output(ALIASES, AccountNews.of(erasure.get()));
        } else {
            send(IdentityMessage.own(top, event), ctx);
        }
        for (IdentityMessage message : claims.messages(event)) {
            if (!message.key().equals(top)) { // the top takes its own from the event
                send(message, ctx);
            }
        }
        claims.alias(event).ifPresent(edge -> ctx.output(ALIASES, AccountNews.of(edge)));
    }

    private void send(IdentityMessage message, Context ctx) {
        ctx.output(tags.computeIfAbsent(message.namespace(), ClaimFunction::to), message);
    }
}
