package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What became of columns between two times. Their order does not matter. */
final class SchemaDrift {
    /** Names that differ in so small a part are taken for one that was misspelt. */
    private static final int CHARACTERS_A_SLIP = 4;

    private final List<Field> from;
    private final List<Field> to;

    private SchemaDrift(List<Field> from, List<Field> to) {
        this.from = from;
        this.to = to;
    }

    /** A column, whose name may be one that ours cannot have. */
    private record Field(String name, ColumnType type) {}

    static List<SchemaChange> between(Schema from, Schema to) {
        return new SchemaDrift(fields(from), fields(to)).changes();
    }

    /** The same where nobody says of what type a column is, as in the header of a CSV file. */
    static List<SchemaChange> between(List<String> from, List<String> to) {
        return new SchemaDrift(texts(from), texts(to)).changes();
    }

    static String text(List<SchemaChange> changes) {
        return changes.stream().map(SchemaChange::toString).collect(Collectors.joining(", "));
    }

    private static List<Field> fields(Schema schema) {
        return schema.columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
    }

    private static List<Field> texts(List<String> names) {
        return names.stream().map(name -> new Field(name, ColumnType.TEXT)).toList();
    }

    private List<SchemaChange> changes() {
        Map<Field, SchemaChange.Renamed> renamed = renamed();
        List<SchemaChange> changes = new ArrayList<>();
        for (Field field : from) {
            Optional<Field> same = named(to, field.name());
            SchemaChange.Renamed guess = renamed.get(field);
            if (guess != null) {
                changes.add(guess);
            } else if (same.isEmpty()) {
                changes.add(new SchemaChange.Removed(field.name()));
            } else if (same.get().type() != field.type()) {
                changes.add(
                        new SchemaChange.Retyped(field.name(), field.type(), same.get().type()));
            }
        }
        List<String> guessed = renamed.values().stream().map(SchemaChange.Renamed::to).toList();
        to.stream()
                .filter(field -> named(from, field.name()).isEmpty())
                .filter(field -> !guessed.contains(field.name()))
                .forEach(field -> changes.add(new SchemaChange.Added(field.name())));
        return changes;
    }

    /** A similar name says more than the same place. */
    private Map<Field, SchemaChange.Renamed> renamed() {
        Map<Field, SchemaChange.Renamed> guesses = new HashMap<>();
        List<Field> added = new ArrayList<>(without(to, from));
        for (Field gone : without(from, to)) {
            guess(
                            gone,
                            added,
                            candidate -> similar(gone.name(), candidate.name()),
                            "type and similar name")
                    .ifPresent(guess -> guesses.put(gone, guess));
        }
        for (Field gone : without(from, to)) {
            if (!guesses.containsKey(gone)) {
                guess(gone, added, candidate -> samePlace(gone, candidate), "type and place")
                        .ifPresent(guess -> guesses.put(gone, guess));
            }
        }
        return guesses;
    }

    private static Optional<SchemaChange.Renamed> guess(
            Field gone, List<Field> added, Predicate<Field> alike, String same) {
        Optional<Field> found =
                added.stream()
                        .filter(field -> field.type() == gone.type())
                        .filter(alike)
                        .findFirst();
        found.ifPresent(added::remove);
        return found.map(
                field -> new SchemaChange.Renamed(gone.name(), field.name(), "same " + same));
    }

    /** Right after the same column, or both the first. */
    private boolean samePlace(Field gone, Field added) {
        return before(from, gone).equals(before(to, added));
    }

    private static Optional<String> before(List<Field> fields, Field field) {
        int place = fields.indexOf(field);
        return place == 0 ? Optional.empty() : Optional.of(fields.get(place - 1).name());
    }

    private static List<Field> without(List<Field> some, List<Field> others) {
        return some.stream().filter(field -> named(others, field.name()).isEmpty()).toList();
    }

    private static Optional<Field> named(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private static boolean similar(String one, String other) {
        String plain = plain(one);
        String otherPlain = plain(other);
        int longer = Math.max(plain.length(), otherPlain.length());
        return Objects.equals(plain, otherPlain)
                || distance(plain, otherPlain) <= longer / CHARACTERS_A_SLIP;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
    }

    /** Of Levenshtein: letters to insert, remove or replace. */
    private static int distance(String one, String other) {
        int[] last = new int[other.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] next = new int[last.length];
            next[0] = i;
            for (int j = 1; j < next.length; j++) {
                int replaced = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(last[j], next[j - 1]));
            }
            last = next;
        }
        return last[other.length()];
    }
}
