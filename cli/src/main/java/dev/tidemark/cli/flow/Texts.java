package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.MethodName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What becomes of texts. */
final class Texts {
    private static final String STRING = "java/lang/String";

    /** A place of {@link String#format} that takes a value. */
    private static final Pattern PLACE = Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(<]*[\\d.]*[a-zA-Z]");

    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';

    private Texts() {}

    /** How a value stands in a text. */
    static String shown(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole number -> String.valueOf(number.value());
            case Value.Unknown _, Value.Growing _, Value.Query _, Value.QueryRows _ ->
                    String.valueOf(Value.Text.HOLE);
        };
    }

    /** The text that a call makes of others; nothing where it makes none that is known. */
    static Optional<Value.Text> madeBy(MethodName call, List<Value> arguments, Spot spot) {
        if (!call.owner().equals(STRING) || arguments.isEmpty()) {
            return Optional.empty();
        }
        return switch (call.name()) {
            case "formatted" -> of(arguments.getFirst(), Texts::filled, spot);
            case "format" ->
                    arguments.stream()
                            .filter(Value.Text.class::isInstance)
                            .findFirst()
                            .flatMap(text -> of(text, Texts::filled, spot));
            case "strip", "trim", "stripIndent", "intern", "toString", "indent" ->
                    of(arguments.getFirst(), text -> text, spot);
            case "replace", "replaceAll", "replaceFirst" -> replaced(arguments, spot);
            case "concat" -> Optional.of(joined(arguments, spot));
            case "valueOf" -> of(arguments.getFirst(), text -> text, spot);
            default -> Optional.empty();
        };
    }

    private static Optional<Value.Text> of(
            Value from, java.util.function.UnaryOperator<String> change, Spot spot) {
        return from instanceof Value.Text text
                ? Optional.of(new Value.Text(change.apply(text.text()), spot, List.of(text)))
                : Optional.empty();
    }

    private static Optional<Value.Text> replaced(List<Value> arguments, Spot spot) {
        if (!(arguments.getFirst() instanceof Value.Text text)) {
            return Optional.empty();
        }
        String changed =
                arguments.get(1) instanceof Value.Text what && !what.text().isEmpty()
                        ? text.text().replace(what.text(), shown(arguments.get(2)))
                        : text.text();
        return Optional.of(new Value.Text(changed, spot, List.of(text)));
    }

    private static Value.Text joined(List<Value> parts, Spot spot) {
        Value.Growing growing = new Value.Growing();
        parts.forEach(growing::add);
        return growing.made(spot);
    }

    private static String filled(String format) {
        String holes = PLACE.matcher(format.replace("%%", "\u0000")).replaceAll(Texts::hole);
        return holes.replace("\u0000", "%");
    }

    private static String hole(java.util.regex.MatchResult place) {
        return place.group().endsWith("n") ? "\n" : String.valueOf(Value.Text.HOLE);
    }

    /**
     * What {@code +} makes.
     *
     * @param recipe the text with a sign for each argument and each further constant
     */
    static Value.Text ofRecipe(String recipe, List<Value> arguments, Spot spot) {
        Value.Growing growing = new Value.Growing();
        int next = 0;
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < recipe.length(); i++) {
            char each = recipe.charAt(i);
            if (each == ARGUMENT && next < arguments.size()) {
                growing.add(new Value.Text(plain.toString(), spot, List.of()));
                plain.setLength(0);
                growing.add(arguments.get(next++));
            } else {
                plain.append(each == CONSTANT ? Value.Text.HOLE : each);
            }
        }
        growing.add(new Value.Text(plain.toString(), spot, List.of()));
        return growing.made(spot);
    }
}
