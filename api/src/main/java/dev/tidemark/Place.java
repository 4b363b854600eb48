package dev.tidemark;

import java.util.Set;

/** Where in the author's code something was declared. */
final class Place {
    private static final Set<Class<?>> OWN =
            Set.of(
                    Place.class,
                    Task.class,
                    MappedTask.class,
                    PipelineBuilder.class,
                    Pipeline.class);

    private Place() {}

    /** The nearest caller outside the authoring surface, as {@code Flights.java:31}. */
    static String ofCaller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(
                        frames ->
                                frames.filter(frame -> !OWN.contains(frame.getDeclaringClass()))
                                        .findFirst()
                                        .map(
                                                frame ->
                                                        frame.getFileName()
                                                                + ":"
                                                                + frame.getLineNumber())
                                        .orElse("unknown place"));
    }
}
