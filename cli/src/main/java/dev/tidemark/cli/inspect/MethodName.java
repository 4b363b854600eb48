package dev.tidemark.cli.inspect;

/**
 * A method as class files name it.
 *
 * @param owner the class, with slashes
 * @param descriptor its parameters and its result
 */
public record MethodName(String owner, String name, String descriptor) {
    public static final String CONSTRUCTOR = "<init>";

    public static final String INITIALISER = "<clinit>";

    MethodName in(String other) {
        return new MethodName(other, name, descriptor);
    }

    public boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    /** As people write it. */
    public String spoken() {
        String type = owner.replace('/', '.').replace('$', '.');
        return isConstructor() ? "the constructor of " + type : type + "." + name;
    }
}
