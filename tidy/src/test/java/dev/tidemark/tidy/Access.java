package dev.tidemark.tidy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasParameterTypes;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Kinds of calls, method references and fields that rules are about. */
final class Access {
    private Access() {}

    /** Uses of a type's members of these names, also through its subtypes; no name means all. */
    static DescribedPredicate<JavaAccess<?>> to(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return DescribedPredicate.describe(
                owner.getSimpleName() + (names.length == 0 ? "" : wanted),
                access ->
                        access.getTargetOwner().isAssignableTo(owner)
                                && (wanted.isEmpty() || wanted.contains(access.getName())));
    }

    /** Constructor calls. */
    static DescribedPredicate<JavaAccess<?>> making(Class<?> type) {
        return to(type, "<init>").as("new " + type.getSimpleName());
    }

    /** Constructor calls without arguments: for random numbers, those without a seed. */
    static DescribedPredicate<JavaAccess<?>> makingWithoutArguments(Class<?> type) {
        return making(type).and(withParameters(0));
    }

    static DescribedPredicate<JavaAccess<?>> withParameters(int number) {
        return DescribedPredicate.describe(
                number + " parameters", access -> parameters(access).size() == number);
    }

    /** Methods of a package by their name, whatever the type. */
    static DescribedPredicate<JavaAccess<?>> inPackage(String packageName, String method) {
        return DescribedPredicate.describe(
                packageName + " " + method,
                access ->
                        access.getTargetOwner().getPackageName().equals(packageName)
                                && access.getName().equals(method));
    }

    /** {@code now()} of any type of java.time, unless it is told whose time. */
    static DescribedPredicate<JavaAccess<?>> wallClockNow() {
        return inPackage("java.time", "now")
                .and(
                        DescribedPredicate.describe(
                                "without a clock",
                                access ->
                                        parameters(access).stream()
                                                .noneMatch(type -> isClock(type.toErasure()))));
    }

    private static boolean isClock(JavaClass type) {
        return type.isAssignableTo(Clock.class);
    }

    private static List<? extends JavaType> parameters(JavaAccess<?> access) {
        return access.getTarget().resolveMember().map(Access::parameters).orElse(List.of());
    }

    private static List<JavaClass> parameters(JavaMember member) {
        return member instanceof HasParameterTypes code ? code.getRawParameterTypes() : List.of();
    }

    /** Any of these. */
    @SafeVarargs
    static DescribedPredicate<JavaAccess<?>> any(DescribedPredicate<JavaAccess<?>>... kinds) {
        DescribedPredicate<JavaAccess<?>> any = DescribedPredicate.alwaysFalse();
        StringJoiner names = new StringJoiner(", ");
        for (DescribedPredicate<JavaAccess<?>> kind : kinds) {
            any = any.or(kind);
            names.add(kind.getDescription());
        }
        return any.as(names.toString());
    }
}
