package dev.wheelhouse.agents;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;

/// The agents of a test's database.
final class TestAgentStore {

    private TestAgentStore() {}

    static AgentStore of(Database database) {
        return new AgentStore(database, TestDatabases.bean(database, AgentStore.AgentRepository.class));
    }
}
