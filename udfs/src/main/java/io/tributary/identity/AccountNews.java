package io.tributary.identity;

import io.tributary.erasure.Erasure;
import io.tributary.identity.EventClaims.AliasEdge;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of all accounts together: one of the two.
 *
 * @param alias one is declared to be another
 * @param erasure one, and whatever is one with it, is to be gone
 */
public record AccountNews(@Nullable AliasEdge alias, @Nullable Erasure erasure) {

    static AccountNews of(AliasEdge alias) {
        return new AccountNews(alias, null);
    }

    static AccountNews of(Erasure erasure) {
        return new AccountNews(null, erasure);
    }
}
