package dev.tidemark;

/**
 * Something that {@code tidemark lint} would report, and that its author means.
 *
 * @param rule the name of the rule, such as {@code wall-clock}
 * @param why why it is meant; one line
 * @param place the file and line that say so, such as {@code Flights.java:31}
 */
public record Allowance(String rule, String why, String place) {
    public Allowance {
        if (!rule.matches("[a-z]+(-[a-z]+)*")) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "'"
                            + rule
                            + "' is not the name of a rule; write it as tidemark lint does, such"
                            + " as wall-clock");
        }
        if (why.isBlank() || why.lines().count() > 1) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "rule " + rule + " is silenced; say in one line why that is meant");
        }
    }

    /** Said by the nearest caller outside the authoring surface. */
    static Allowance of(String rule, String why) {
        return Place.named(() -> new Allowance(rule, why, Place.ofCaller()));
    }
}
