package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
    @Test
    void identifiersAreNames() {
        assertThat(Mentions.in("new Helper().go($x, _y, é1)").names())
                .containsExactlyInAnyOrder("new", "Helper", "go", "$x", "_y", "é1");
    }

    @Test
    void thePackageIsFound() {
        assertThat(
                        Mentions.in("/* package no.no; */ package dev . acme ;\nclass A {}")
                                .packageName())
                .isEqualTo("dev.acme");
        assertThat(Mentions.in("class A {}").packageName()).isEmpty();
    }

    @Test
    void dottedNamesAreChains() {
        assertThat(Mentions.in("import a.b.C; import static d.E.*; f() .g").chains())
                .containsExactlyInAnyOrder(List.of("a", "b", "C"), List.of("d", "E"));
    }

    @Test
    void whatTheSourceDeclaresItselfIsNotMentioned() {
        String source = "class A { record B(C c) {} D d; } interface E<T> {} record F(G g) {} A a;";

        assertThat(Mentions.in(source).names())
                .contains("B", "C", "D", "G")
                .doesNotContain("A", "E", "F");
    }

    @Test
    void commentsAndLiteralsAreNot() {
        String source =
                """
                // One
                /* Two
                 * Three */
                /** {@link Four} */
                String a = "Five \\" Six", b = "/*";
                char c = '"', d = '\\'';
                String e = \"""
                    Seven "Eight" \\\""" Nine // Ten
                    \""";
                Real.thing();
                """;

        assertThat(Mentions.in(source).names())
                .containsExactlyInAnyOrder(
                        "String", "a", "b", "char", "c", "d", "e", "Real", "thing");
    }

    @Test
    void whatNeverEndsEndsWithTheFile() {
        assertThat(Mentions.in("a /* b").names()).containsExactly("a");
        assertThat(Mentions.in("a \"b").names()).containsExactly("a");
        assertThat(Mentions.in("a \"\"\" b \\").names()).containsExactly("a");
        assertThat(Mentions.in("a 'b\nc").names()).containsExactlyInAnyOrder("a", "c");
    }
}
