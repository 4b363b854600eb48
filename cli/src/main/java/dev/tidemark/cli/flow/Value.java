package dev.tidemark.cli.flow;

import java.util.List;

/** What is known of a value that code works with. */
public sealed interface Value {
    /** Nothing. */
    record Unknown() implements Value {}

    /** The value of which nothing is known. */
    Value UNKNOWN = new Unknown();

    /** A number, or a truth value as 0 or 1. */
    record Whole(int value) implements Value {}

    /**
     * A text. Two are the same only where they are one object.
     *
     * <p>What of it is not known stands in it as {@link #HOLE}.
     */
    final class Text implements Value {
        /** Stands for a part that is not known; no source has it. */
        public static final char HOLE = '\uFFFC';

        private final String text;
        private final Spot spot;
        private final List<Text> parts;

        Text(String text, Spot spot, List<Text> parts) {
            this.text = text;
            this.spot = spot;
            this.parts = List.copyOf(parts);
        }

        public String text() {
            return text;
        }

        /** Where it is loaded or put together. */
        public Spot spot() {
            return spot;
        }

        /** The texts that it is made of. */
        public List<Text> parts() {
            return parts;
        }
    }

    /** A text that is being put together; it changes. */
    final class Growing implements Value {
        private final StringBuilder text = new StringBuilder();
        private final List<Text> parts = new java.util.ArrayList<>();

        void add(Value more) {
            if (more instanceof Text known) {
                parts.add(known);
            }
            text.append(Texts.shown(more));
        }

        Text made(Spot spot) {
            return new Text(text.toString(), spot, parts);
        }
    }

    /**
     * A source that is the result of a query.
     *
     * @param spot where the query is declared
     */
    record Query(Text sql, Spot spot) implements Value {}

    /** Rows just as a query gives them, perhaps without some. */
    record QueryRows(Query query) implements Value {}
}
