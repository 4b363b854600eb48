package dev.tidemark.cli.inspect;

/**
 * A method as class files name it.
 *
 * @param owner the class, with slashes
 * @param descriptor its parameters and its result
 */
record MethodName(String owner, String name, String descriptor) {
    static final String CONSTRUCTOR = "<init>";

    static final String INITIALISER = "<clinit>";

    MethodName in(String other) {
        return new MethodName(other, name, descriptor);
    }

    boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    /** As people write it. */
    String spoken() {
        String type = owner.replace('/', '.').replace('$', '.');
        return isConstructor() ? "the constructor of " + type : type + "." + name;
    }
}
