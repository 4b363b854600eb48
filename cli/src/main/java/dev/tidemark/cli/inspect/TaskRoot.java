package dev.tidemark.cli.inspect;

import dev.tidemark.TaskFunction;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Optional;

/** Where the code of a task begins. */
sealed interface TaskRoot {
    /** A method: that of a lambda's body, or the one that is referred to. */
    record OfMethod(MethodName method) implements TaskRoot {
        @Override
        public String text() {
            return method.owner() + " " + method.name() + method.descriptor();
        }
    }

    /**
     * A class of its own.
     *
     * @param type its name, with slashes
     */
    record OfClass(String type) implements TaskRoot {
        @Override
        public String text() {
            return type;
        }
    }

    /** What tells it from others of the same jar. */
    String text();

    /** Where a function's code begins; nothing where it does not say. */
    static Optional<TaskRoot> of(TaskFunction function) {
        Class<?> type = function.getClass();
        return type.isHidden()
                ? ofLambda(function, type)
                : Optional.of(new OfClass(type.getName().replace('.', '/')));
    }

    /**
     * The method that Java itself gives to each lambda that is serializable; it says what it is.
     */
    private static Optional<TaskRoot> ofLambda(TaskFunction function, Class<?> type) {
        try {
            Method replace = type.getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(function) instanceof SerializedLambda lambda
                    ? Optional.of(
                            new OfMethod(
                                    new MethodName(
                                            lambda.getImplClass(),
                                            lambda.getImplMethodName(),
                                            lambda.getImplMethodSignature())))
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException _) {
            return Optional.empty();
        }
    }
}
