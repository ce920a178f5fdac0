package io.tributary.local.demo;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Pseudonymiser;

/** Under which id the output tells of a customer. */
final class Pseudonyms {

    private static final String USER_ID = "user_id";

    private final Namespaces namespaces;
    private final Namespace userId;
    private final Pseudonymiser pseudonymiser;

    Pseudonyms(Definitions definitions, IdentifierSecret secret) {
        Problems problems = new Problems();
        namespaces = Namespaces.read(definitions, problems);
        problems.throwIfAny();
        userId =
                namespaces
                        .named(USER_ID)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "identity.yaml has no namespace " + USER_ID));
        pseudonymiser = new Pseudonymiser(secret);
    }

    /** Such as {@code user_id:3f2a…}. */
    String ofUser(String id) {
        String normalised =
                namespaces
                        .normalise(USER_ID, id)
                        .orElseThrow(() -> new IllegalStateException(id + " is no user id"));
        return pseudonymiser.pseudonym(userId, normalised).key();
    }
}
