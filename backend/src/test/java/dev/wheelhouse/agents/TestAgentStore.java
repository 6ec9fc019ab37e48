package dev.wheelhouse.agents;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;

/// The agents of a test's database.
final class TestAgentStore {

    private TestAgentStore() {}

    static AgentRepository of(Database database) {
        return TestDatabases.bean(database, AgentRepository.class);
    }
}
