package io.tributary.pattern;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.StateTransition;
import org.apache.flink.cep.nfa.StateTransitionAction;

/**
 * Loops that go round without taking an event, such as a repeated group whose steps are all
 * optional. flink-cep would follow one until memory is full.
 */
final class EmptyLoops {

    private final Set<String> finished = new HashSet<>();
    private final Set<String> under = new HashSet<>();

    private EmptyLoops() {}

    static <T> boolean anyIn(Collection<State<T>> states) {
        EmptyLoops search = new EmptyLoops();
        return states.stream().anyMatch(search::reachesItself);
    }

    private <T> boolean reachesItself(State<T> state) {
        if (finished.contains(state.getName())) {
            return false;
        }
        if (!under.add(state.getName())) {
            return true;
        }
        for (StateTransition<T> transition : state.getStateTransitions()) {
            if (transition.getAction() == StateTransitionAction.PROCEED
                    && reachesItself(transition.getTargetState())) {
                return true;
            }
        }
        under.remove(state.getName());
        finished.add(state.getName());
        return false;
    }
}
