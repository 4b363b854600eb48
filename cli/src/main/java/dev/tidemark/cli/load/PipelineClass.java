package dev.tidemark.cli.load;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineSource;
import dev.tidemark.TidemarkException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The author's class: checks it, makes one, and asks it for its pipeline. */
final class PipelineClass {
    private final String name;
    private final PipelineCode code;
    private final ClassLoader loader;

    PipelineClass(String name, PipelineCode code, ClassLoader loader) {
        this.name = name;
        this.code = code;
        this.loader = loader;
    }

    Pipeline pipeline() {
        PipelineSource source = instance();
        @Nullable Pipeline pipeline;
        try {
            pipeline = source.pipeline();
        } catch (Throwable e) {
            throw failed(name + ".pipeline()", e);
        }
        if (pipeline == null) {
            throw Unloadable.because(
                    name + ".pipeline() returned null; let it return what build() gives");
        }
        return pipeline;
    }

    private PipelineSource instance() {
        try {
            return (PipelineSource) constructor().newInstance();
        } catch (InvocationTargetException e) {
            throw failed("the constructor of " + name, Objects.requireNonNullElse(e.getCause(), e));
        } catch (ExceptionInInitializerError e) {
            throw failed("the static initialiser of " + name, e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed(name, e);
        }
    }

    private Constructor<?> constructor() {
        Class<?> type = load();
        if (!loader.equals(type.getClassLoader())) {
            throw Unloadable.because(
                    name
                            + " of "
                            + code.named()
                            + " is also on Tidemark's own class path, which goes first; rename it");
        }
        if (!PipelineSource.class.isAssignableFrom(type)) {
            throw Unloadable.because(
                    name + " of " + code.named() + " does not implement PipelineSource");
        }
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw Unloadable.because(
                    name + " cannot be made; declare it as public final class, not abstract");
        }
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw Unloadable.because(
                    name + " needs a public constructor without parameters (or none at all)", e);
        }
    }

    private Class<?> load() {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw Unloadable.because(code.named() + " has no class " + name, e);
        } catch (LinkageError e) {
            throw failed(name, e);
        }
    }

    /** What the author's code threw, led by where; an error of Tidemark's own says it all. */
    private TidemarkException failed(String what, Throwable e) {
        Throwable thrown =
                e instanceof ExceptionInInitializerError
                        ? Objects.requireNonNullElse(e.getCause(), e)
                        : e;
        return thrown instanceof TidemarkException known
                ? known
                : AuthorError.of(what, thrown, code, loader);
    }
}
