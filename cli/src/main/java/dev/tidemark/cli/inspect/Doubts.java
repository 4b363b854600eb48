package dev.tidemark.cli.inspect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a walk came upon: of each kind the first. */
final class Doubts {
    private final Map<Doubt.Kind, Doubt> first = new EnumMap<>(Doubt.Kind.class);

    void add(Doubt doubt) {
        first.putIfAbsent(doubt.kind(), doubt);
    }

    void addAll(Doubts later) {
        later.first.values().forEach(this::add);
    }

    /** The one to be told. */
    Optional<Doubt> worst() {
        return first.values().stream().findFirst();
    }

    /** A file lies in the data folder only if its path was asked for. */
    boolean areVisible() {
        return !first.containsKey(Doubt.Kind.HIDDEN) && first.containsKey(Doubt.Kind.PATH);
    }
}
