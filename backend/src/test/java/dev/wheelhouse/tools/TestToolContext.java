package dev.wheelhouse.tools;

import dev.wheelhouse.base.TenantId;
import java.util.List;

/// The context of a call in a test.
class TestToolContext implements ToolContext {

    private final String key;
    private final List<String> hosts;

    TestToolContext(String key, List<String> hosts) {
        this.key = key;
        this.hosts = hosts;
    }

    @Override
    public TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    public String idempotencyKey() {
        return key;
    }

    @Override
    public List<String> allowedHosts() {
        return hosts;
    }

    @Override
    public void ensureOwned() {}
}
