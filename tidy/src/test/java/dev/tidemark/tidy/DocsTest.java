package dev.tidemark.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.tidemark.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the documents say what is so. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)\\s]*)?\\)");

    /** A word in backquotes that looks like a type: {@code FileDataset}, {@code Store.commit}. */
    private static final Pattern TYPE =
            Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*|[a-z]+\\.[A-Z][a-z]\\w+)\\b[^`]*`");

    private static final Pattern EXIT = Pattern.compile("\\bexit ([0-9]+)");

    private static final List<TextFile> DOCUMENTS =
            Repository.texts().stream().filter(file -> file.path().endsWith(".md")).toList();

    @Test
    void everyErrorCodeIsExplainedInOrder() {
        assertThat(errors().stream().map(List::getFirst))
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
    }

    @Test
    void everyErrorCodeIsOfTheClassThatTheTableSays() {
        for (List<String> row : errors()) {
            assertThat(row).as(row.getFirst()).hasSize(4).noneMatch(String::isEmpty);
            assertThat(row.get(1))
                    .as(row.getFirst())
                    .isEqualTo(ErrorCode.valueOf(row.getFirst()).errorClass().name());
        }
    }

    private static List<List<String>> errors() {
        return MarkdownTable.rows(Repository.text("docs/errors.md")).stream()
                .filter(row -> row.getFirst().matches("[A-Z_]+"))
                .toList();
    }

    @Test
    void everyExitCodeOfTheProgramIsExplained() {
        assertThat(exitCodes("The program", 1)).containsExactlyElementsOf(exitCodesOfCli());
    }

    /** As the source declares them: {@code DONE(0)}. */
    private static List<String> exitCodesOfCli() {
        String path = "cli/src/main/java/dev/tidemark/cli/ExitCode.java";
        JavaSource source = JavaSource.sample(path, Repository.text(path).text());
        ClassTree type = (ClassTree) source.unit().getTypeDecls().getFirst();
        List<String> codes = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree constant
                    && constant.getType() instanceof IdentifierTree declared
                    && declared.getName().contentEquals("ExitCode")
                    && constant.getInitializer() instanceof NewClassTree made) {
                ExpressionTree number = made.getArguments().getFirst();
                codes.add(number + " " + constant.getName());
            }
        }
        assertThat(codes).isNotEmpty();
        return codes;
    }

    @Test
    void everyExitCodeOfTheLauncherIsExplained() {
        Set<String> found = new TreeSet<>();
        for (String script : List.of("tidemark", "build", "launch/tools.sh")) {
            Matcher exits = EXIT.matcher(Repository.text(script).text());
            exits.results().forEach(exit -> found.add(exit.group(1)));
        }
        assertThat(exitCodes("The launcher", 0)).containsExactlyInAnyOrderElementsOf(found);
    }

    /** The first cells, with as many more cells, of the table below a heading that has the word. */
    private static List<String> exitCodes(String heading, int more) {
        String text = Repository.text("docs/exit-codes.md").text();
        String section =
                Stream.of(text.split("\n## "))
                        .filter(part -> part.lines().findFirst().orElse("").contains(heading))
                        .findFirst()
                        .orElseThrow();
        return MarkdownTable.rows(new TextFile("docs/exit-codes.md", section)).stream()
                .map(row -> String.join(" ", row.subList(0, 1 + more)))
                .toList();
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (TextFile file : DOCUMENTS) {
            Path document = Repository.at(file.path());
            for (String target : linksIn(file)) {
                links++;
                if (!Files.exists(document.resolveSibling(target))) {
                    broken.add(file.path() + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isPositive();
    }

    private static List<String> linksIn(TextFile file) {
        return LINK.matcher(file.text())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .toList();
    }

    @Test
    void everyTypeThatIsNamedIsDeclaredOrUsedHere() {
        Set<String> types = new HashSet<>();
        for (JavaSource source :
                JavaSource.parse(Repository.texts().stream().filter(TextFile::isJava).toList())) {
            for (ImportTree each : source.unit().getImports()) {
                types.add(each.getQualifiedIdentifier().toString().replaceFirst(".*\\.", ""));
            }
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                    types.add(type.getSimpleName().toString());
                    return super.visitClass(type, null);
                }
            }.scan(source.unit(), null);
        }
        List<String> unknown = new ArrayList<>();
        for (TextFile file : DOCUMENTS) {
            TYPE.matcher(file.text())
                    .results()
                    .map(name -> name.group(1).replaceFirst("^[a-z]+\\.", ""))
                    .filter(name -> !types.contains(name))
                    .forEach(name -> unknown.add(file.path() + " names " + name));
        }
        assertThat(unknown).isEmpty();
    }
}
