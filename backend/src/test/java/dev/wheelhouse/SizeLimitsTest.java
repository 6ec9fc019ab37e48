package dev.wheelhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// How large a thing may get. An exception is named here with its reason, and goes again when it is no longer needed.
class SizeLimitsTest {

    private static final int MOST_FILES = 25;
    private static final int MOST_PUBLIC_TYPES = 18;
    private static final int LONG_FILE = 300;
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;

    private static final Map<String, Integer> MORE_FILES = Map.of(
            // One state machine: its statements, its rows and the steps of its story know each other.
            "runs", 60);

    private static final Map<String, Integer> MORE_PUBLIC_TYPES = Map.of(
            // What a program answers and what a run's readers see are records, one file each.
            "runs", 28);

    private static final Set<String> LONGER_METHODS = Set.of();

    @Test
    void packages_stay_few_and_deep() {
        assertThat(over(count(_ -> true), MOST_FILES, MORE_FILES))
                .as("packages with more than %d files", MOST_FILES)
                .isEmpty();
        assertThat(over(count(Pattern.compile("(?m)^public ").asPredicate()), MOST_PUBLIC_TYPES, MORE_PUBLIC_TYPES))
                .as("packages with more than %d public types", MOST_PUBLIC_TYPES)
                .isEmpty();
    }

    private static Map<String, Integer> count(Predicate<String> condition) {
        var counts = new TreeMap<String, Integer>();
        for (var file : Sources.files()) {
            if (condition.test(Sources.read(file))) {
                counts.merge(Sources.packageOf(file), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> over(Map<String, Integer> sizes, int most, Map<String, Integer> exceptions) {
        var over = new TreeMap<>(sizes);
        over.entrySet().removeIf(size -> size.getValue() <= exceptions.getOrDefault(size.getKey(), most));
        return over;
    }

    @Test
    void no_exception_outlives_its_need() {
        var files = count(_ -> true);
        assertThat(MORE_FILES).hasSizeLessThanOrEqualTo(2);
        assertThat(MORE_FILES.keySet()).allMatch(name -> files.getOrDefault(name, 0) > MOST_FILES);
        assertThat(longMethods().keySet()).containsAll(LONGER_METHODS);
    }

    @Test
    void files_stay_short() {
        var lines = new TreeMap<String, Long>();
        Sources.files()
                .forEach(file ->
                        lines.put(Sources.name(file), Sources.read(file).lines().count()));
        lines.values().removeIf(count -> count <= LONG_FILE);
        if (!lines.isEmpty()) {
            System.out.printf("Files of more than %d lines, which want a second look: %s%n", LONG_FILE, lines);
        }

        lines.values().removeIf(count -> count <= LONGEST_FILE);

        assertThat(lines).as("files of more than %d lines", LONGEST_FILE).isEmpty();
    }

    @Test
    void methods_stay_short() {
        var methods = longMethods();
        methods.keySet().removeAll(LONGER_METHODS);

        assertThat(methods).as("methods of more than %d lines", LONGEST_METHOD).isEmpty();
    }

    /// By the compiler's own reading of the sources, such as `runs/Engine.start`.
    private static Map<String, Long> longMethods() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var task = (JavacTask) compiler.getTask(
                null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(Sources.files()));
        var methods = new TreeMap<String, Long>();
        try {
            for (var unit : task.parse()) {
                new Lengths(unit, Trees.instance(task), methods).scan(unit, null);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return methods;
    }

    private static final class Lengths extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final Map<String, Long> found;

        Lengths(CompilationUnitTree unit, Trees trees, Map<String, Long> found) {
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var positions = trees.getSourcePositions();
            long begin = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            long lines =
                    unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(begin) + 1;
            if (lines > LONGEST_METHOD) {
                String path = unit.getSourceFile().getName();
                String home = path.substring(path.indexOf("wheelhouse/") + 11).replace(".java", "");
                found.put(home + "." + method.getName(), lines);
            }
            return super.visitMethod(method, nothing);
        }
    }
}
