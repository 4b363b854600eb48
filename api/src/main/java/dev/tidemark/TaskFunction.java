package dev.tidemark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The code of a task: a method of its context and of the results it takes. Its own result is a
 * small value that comes back from JSON after a crash: a record, a text, a number, or null.
 *
 * <p>It is never written anywhere. It is serializable since the method behind a lambda can be found
 * by that alone, and that method is looked at to know what the task does outside.
 */
public sealed interface TaskFunction extends Serializable {
    /** Takes nothing. */
    @FunctionalInterface
    non-sealed interface Of0<R extends @Nullable Object> extends TaskFunction {
        R run(TaskContext task) throws Exception;
    }

    /** Takes one result. */
    @FunctionalInterface
    non-sealed interface Of1<A extends @Nullable Object, R extends @Nullable Object>
            extends TaskFunction {
        R run(TaskContext task, A a) throws Exception;
    }

    /** Takes two results. */
    @FunctionalInterface
    non-sealed interface Of2<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    R extends @Nullable Object>
            extends TaskFunction {
        R run(TaskContext task, A a, B b) throws Exception;
    }

    /** Takes three results. */
    @FunctionalInterface
    non-sealed interface Of3<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            extends TaskFunction {
        R run(TaskContext task, A a, B b, C c) throws Exception;
    }

    /** Takes four results. */
    @FunctionalInterface
    non-sealed interface Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            extends TaskFunction {
        R run(TaskContext task, A a, B b, C c, D d) throws Exception;
    }
}
