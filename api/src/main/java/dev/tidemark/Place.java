package dev.tidemark;

import java.util.Set;
import java.util.function.Supplier;

/** Where in the author's code something was declared. */
final class Place {
    private static final Set<Class<?>> OWN =
            Set.of(
                    Allowance.class,
                    Place.class,
                    Task.class,
                    MappedTask.class,
                    PipelineBuilder.class,
                    Pipeline.class,
                    Parameter.class,
                    Pool.class,
                    Watermark.class,
                    Retry.class,
                    Schedule.class);

    private Place() {}

    /**
     * What is made of the author's words; a refusal also says where they stand.
     *
     * @throws TidemarkException with the place of the nearest caller outside the authoring surface
     */
    static <T> T named(Supplier<T> made) {
        try {
            return made.get();
        } catch (TidemarkException e) {
            throw new TidemarkException(e.code(), e.getMessage() + " (" + ofCaller() + ")", e);
        }
    }

    /** The nearest caller outside the authoring surface, as {@code Flights.java:31}. */
    static String ofCaller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(
                        frames ->
                                frames.filter(frame -> !isOwn(frame))
                                        .findFirst()
                                        .map(
                                                frame ->
                                                        frame.getFileName()
                                                                + ":"
                                                                + frame.getLineNumber())
                                        .orElse("unknown place"));
    }

    private static boolean isOwn(StackWalker.StackFrame frame) {
        return OWN.contains(frame.getDeclaringClass().getNestHost());
    }
}
