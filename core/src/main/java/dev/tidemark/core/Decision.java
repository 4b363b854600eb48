package dev.tidemark.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What was decided.
 *
 * @param changes facts to keep, in order
 * @param effects things to do once they are kept
 * @param next what needs a decision because of these changes, once they are folded
 */
public record Decision(List<Change> changes, List<Effect> effects, List<Event> next) {
    public Decision {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
        next = List.copyOf(next);
    }

    /** Nothing is to change. */
    static final Decision NOTHING = new Decision(List.of(), List.of(), List.of());

    /** Gathers a decision while it is being made. */
    static final class Draft {
        private final List<Change> changes = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private final List<Event> next = new ArrayList<>();

        Draft change(Change change) {
            changes.add(change);
            return this;
        }

        Draft effect(Effect effect) {
            effects.add(effect);
            return this;
        }

        Draft next(Event event) {
            next.add(event);
            return this;
        }

        Draft all(Decision other) {
            changes.addAll(other.changes());
            effects.addAll(other.effects());
            next.addAll(other.next());
            return this;
        }

        Decision done() {
            return new Decision(changes, effects, next);
        }
    }
}
