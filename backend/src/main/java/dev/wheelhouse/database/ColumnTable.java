package dev.wheelhouse.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns that a statement takes for many rows at once, told once: it makes the lists of names, the text of the
/// `unnest`, and the arrays that are bound to it, so that the three cannot differ. Adding a column makes another table.
public final class ColumnTable<R> {

    /// @param array the SQL type of the column's array
    /// @param cast what turns a value of the array into one of the table, or nothing
    private record Column<R>(
            String name,
            String array,
            String cast,
            IntFunction<@Nullable Object[]> room,
            Function<R, ? extends @Nullable Object> value) {}

    private final List<Column<R>> columns;

    private ColumnTable(List<Column<R>> columns) {
        this.columns = columns;
    }

    public static <R> ColumnTable<R> empty() {
        return new ColumnTable<>(List.of());
    }

    public ColumnTable<R> text(String name, Function<R, @Nullable String> value) {
        return with(new Column<>(name, "text[]", "", String[]::new, value));
    }

    /// A text that becomes a value of a type of the schema, such as an enum.
    public ColumnTable<R> word(String name, String type, Function<R, @Nullable String> value) {
        return with(new Column<>(name, "text[]", "::" + type, String[]::new, value));
    }

    /// True or null.
    public ColumnTable<R> flag(String name, Function<R, Boolean> value) {
        return with(new Column<R>(name, "text[]::bool[]", "", String[]::new, row -> value.apply(row) ? "t" : null));
    }

    public ColumnTable<R> id(String name, Function<R, @Nullable UUID> value) {
        return with(new Column<>(name, "uuid[]", "", UUID[]::new, value));
    }

    public ColumnTable<R> number(String name, Function<R, @Nullable Integer> value) {
        return with(new Column<>(name, "int[]", "", Integer[]::new, value));
    }

    public ColumnTable<R> longNumber(String name, Function<R, @Nullable Long> value) {
        return with(new Column<>(name, "bigint[]", "", Long[]::new, value));
    }

    private ColumnTable<R> with(Column<R> column) {
        return new ColumnTable<>(
                Stream.concat(columns.stream(), Stream.of(column)).toList());
    }

    /// These columns, then the other's.
    public ColumnTable<R> and(ColumnTable<R> other) {
        return new ColumnTable<>(
                Stream.concat(columns.stream(), other.columns.stream()).toList());
    }

    /// `tenant, id, …`
    public String names() {
        return names(Set.of());
    }

    public String names(Set<String> without) {
        return columns.stream()
                .map(Column::name)
                .filter(name -> !without.contains(name))
                .collect(Collectors.joining(", "));
    }

    /// `c.tenant, c.state::run_state, …`
    public String values(String row) {
        return columns.stream()
                .map(column -> row + "." + column.name() + column.cast())
                .collect(Collectors.joining(", "));
    }

    /// `tenant = c.tenant, state = c.state::run_state, …`
    public String assignments(String row) {
        return columns.stream()
                .map(column -> column.name() + " = " + row + "." + column.name() + column.cast())
                .collect(Collectors.joining(", "));
    }

    /// `unnest(?::text[], ?::uuid[], …) AS c (tenant, id, …)`
    public String unnest(String row) {
        String arrays = columns.stream().map(column -> "?::" + column.array()).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") AS " + row + " (" + names() + ")";
    }

    /// Adds the arrays that the `unnest` takes to a statement's arguments.
    public void bind(List<R> rows, List<? super @Nullable Object> arguments) {
        for (var column : columns) {
            var array = column.room().apply(rows.size());
            for (int at = 0; at < array.length; at++) {
                array[at] = column.value().apply(rows.get(at));
            }
            arguments.add(array);
        }
    }

    /// The arguments of a statement that takes these columns and nothing else.
    public @Nullable Object[] arguments(List<R> rows) {
        var arguments = new ArrayList<@Nullable Object>(columns.size());
        bind(rows, arguments);
        return arguments.toArray();
    }
}
