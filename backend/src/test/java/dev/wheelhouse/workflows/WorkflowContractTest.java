package dev.wheelhouse.workflows;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.programs.ProgramContract;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.TestTenants;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/// A workflow with a loop, branches, a map, a failure that is caught and a value that is set.
class WorkflowContractTest extends ProgramContract {

    private static final String DEFINITION = """
            kind: workflow
            name: sums
            start: first
            states:
              first: {tool: calculator, args: {expression: "1 + 1"}, next: again}
              again: {choice: [{when: "!has(states.twice)", next: twice}], otherwise: both}
              twice: {set: {sum: "${states.first.output.value}"}, next: first}
              both:
                parallel:
                  branches:
                    left:
                      start: a
                      states:
                        a: {tool: calculator, args: {expression: "2 + 2"}, next: b}
                        b: {tool: calculator, args: {expression: "3 + 3"}}
                    right: {tool: calculator, args: {expression: "4 + 4"}}
                next: each
              each:
                map: {over: "${[1, 2, 3]}", as: n, atMost: 2, tool: calculator, args: {expression: "${n} * 10"}}
                next: bad
              bad: {tool: calculator, args: {expression: "1 / 0"}, catch: [{on: [any], next: done}], next: done}
              done: {succeed: {output: "${{'said': input.message, 'items': size(states.each.output)}}"}}
            """;

    private Database database;

    @Override
    protected ProgramKind plugIn(String url, Supplier<Runs> runs) {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        var platform = new TestWorkflows(database);
        platform.workflows.put(TestRuns.TENANT, "sums", DEFINITION, true);
        return platform.kind(runs);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected String name() {
        return "sums";
    }

    @Override
    protected String input() {
        return "[{\"role\":\"user\",\"content\":\"hello\"}]";
    }
}
