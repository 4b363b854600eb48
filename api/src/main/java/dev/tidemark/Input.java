package dev.tidemark;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something a task can take, and so depends on: another task's result, or a form of it.
 *
 * @param <T> the type in which it is taken
 */
public sealed interface Input<T extends @Nullable Object> {
    /** The task it comes from. */
    Task<?> task();

    /** What the task's code will be handed. */
    InputDefinition definition();

    /** The result itself; a {@link Task} is taken so where nothing else is said. */
    non-sealed interface OfTask<T extends @Nullable Object> extends Input<T> {
        @Override
        default InputDefinition definition() {
            return new InputDefinition(task().name(), InputDefinition.Form.RESULT);
        }
    }

    /** The result where there is one. */
    record OfOptional<T>(Task<T> task) implements Input<Optional<T>> {
        @Override
        public InputDefinition definition() {
            return new InputDefinition(task.name(), InputDefinition.Form.OPTIONAL);
        }
    }

    /** The results of all instances of a mapped task. */
    record OfAll<T>(MappedTask<T> mapped) implements Input<List<T>> {
        @Override
        public Task<?> task() {
            return mapped.task();
        }

        @Override
        public InputDefinition definition() {
            return new InputDefinition(task().name(), InputDefinition.Form.GATHERED);
        }
    }
}
