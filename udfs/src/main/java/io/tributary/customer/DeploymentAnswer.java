package io.tributary.customer;

import io.tributary.definition.Problem;
import java.util.List;

/**
 * What became of a record of the definitions topic.
 *
 * @param status accepted, refused, removed, or the mode that was asked for
 * @param problems why it was refused
 */
record DeploymentAnswer(String status, List<Problem> problems) {

    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused";
    static final String REMOVED = "removed";

    boolean isRefusal() {
        return status.equals(REFUSED);
    }
}
