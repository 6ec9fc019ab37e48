package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.LostRunException;
import dev.wheelhouse.secrets.Scrubber;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry of tools, and the handler of all tool calls, which begin at a tenant's: [#of].
@Singleton
public final class Tools {

    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);
    /// The most bytes of a result that are kept.
    public static final int LONGEST_OUTPUT = 64 * 1024;

    private static final int DEEPEST_OUTPUT = 32;

    private final TreeMap<String, Known> known = new TreeMap<>();

    private record Known(Tool tool, Arguments arguments, ToolInfo info) {
        static Known of(Tool tool) {
            var info = ToolInfo.of(tool);
            return new Known(tool, new Arguments(info.schema()), info);
        }
    }

    private final Function<TenantId, Scrubber> scrubbers;
    private final Collection<ForeignTools> foreign;

    @Inject
    Tools(Collection<Tool> tools, Collection<ForeignTools> foreign, Secrets secrets) {
        this(tools, foreign, secrets::scrubber);
    }

    /// Without secrets: for tests and benchmarks.
    public Tools(Collection<Tool> tools) {
        this(tools, List.of(), _ -> Scrubber.NONE);
    }

    private Tools(Collection<Tool> tools, Collection<ForeignTools> foreign, Function<TenantId, Scrubber> scrubbers) {
        this.scrubbers = scrubbers;
        this.foreign = foreign;
        tools.forEach(tool -> known.put(tool.name(), Known.of(tool)));
    }

    /// A tenant's: our own and those that it brought along.
    public TenantTools of(TenantId tenant) {
        return new TenantTools(this, foreign, tenant);
    }

    /// Our own, sorted by name.
    public List<ToolInfo> list() {
        return known.values().stream().map(Known::info).toList();
    }

    /// Of our own.
    public Set<String> names() {
        return Collections.unmodifiableSet(known.keySet());
    }

    private @Nullable Known known(TenantId tenant, String name) {
        var own = known.get(name);
        return own != null
                ? own
                : foreign.stream()
                        .filter(tools -> tools.isForeign(name))
                        .flatMap(tools -> tools.find(tenant, name).stream())
                        .findFirst()
                        .map(Known::of)
                        .orElse(null);
    }

    Optional<ToolInfo> find(TenantId tenant, String name) {
        return Optional.ofNullable(known(tenant, name)).map(Known::info);
    }

    static final String UNREADABLE = "The schema cannot be read: ";

    /// What is wrong with the values under this JSON Schema, or null. An invalid schema fails every value.
    public static @Nullable String wrong(JsonNode schema, JsonNode values) {
        try {
            var refusal = new Arguments(schema).read(values.toString()).refusal();
            return refusal == null || refusal.failure() == null
                    ? null
                    : refusal.failure().message();
        } catch (RuntimeException e) {
            return UNREADABLE + Text.shorten(String.valueOf(e.getMessage()), 200);
        }
    }

    /// As [TenantTools#later]; foreign tools are never of that kind.
    Optional<Tool.Later> later(String name, String arguments, Set<String> granted) {
        var tool = granted.contains(name) ? known.get(name) : null;
        if (tool == null) {
            return Optional.empty();
        }
        var read = tool.arguments().read(arguments);
        return read.refusal() == null ? tool.tool().later(read.values()) : Optional.empty();
    }

    /// As [TenantTools#call], for the tenant of the context.
    ToolResult call(String name, String arguments, Set<String> granted, ToolContext context)
            throws InterruptedException {
        var tool = granted.contains(name) ? known(context.tenant(), name) : null;
        if (tool == null) {
            return ToolResult.failed(
                    "unknown_tool",
                    "Unknown tool \"%s\"".formatted(Text.shorten(name, 80)),
                    Suggest.hint(name, granted));
        }
        if (!tool.info().isOn()) {
            return ToolResult.failed(
                    "tool_off",
                    "\"%s\" is off: %s".formatted(name, tool.info().origin().reason()),
                    "Do without it, and say that somebody has to approve it on the page Tools");
        }
        var read = tool.arguments().read(arguments);
        return read.refusal() != null ? read.refusal() : within(tool.tool(), read.values(), context);
    }

    /// The scrubber is loaded before the call: a call whose result could not be scrubbed is not made.
    private ToolResult within(Tool tool, JsonNode arguments, ToolContext context) throws InterruptedException {
        var scrubber = Scrubber.NONE;
        Thread thread = null;
        try {
            scrubber = scrubbers.apply(context.tenant());
            var task = new FutureTask<>(() -> tool.call(arguments, context));
            thread = Thread.ofVirtual().start(task);
            var output = task.get(tool.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return capped(scrubber.scrub(output), context.mostOutput());
        } catch (TimeoutException e) {
            return ToolResult.failed(
                    "timeout",
                    "\"%s\" timed out after %,d ms"
                            .formatted(tool.name(), tool.timeout().toMillis()),
                    "Ask for less");
        } catch (ExecutionException e) {
            return failed(tool, e.getCause(), scrubber);
        } catch (RuntimeException e) {
            return failed(tool, e, scrubber);
        } finally {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private static ToolResult failed(Tool tool, @Nullable Throwable cause, Scrubber scrubber)
            throws InterruptedException {
        return switch (cause) {
            case LostRunException lost -> throw lost;
            case InterruptedException interrupted -> throw interrupted;
            case Problem problem ->
                ToolResult.failed(
                        problem.code().name().toLowerCase(Locale.ROOT),
                        scrubber.scrub(problem.message()),
                        problem.hint() == null ? null : scrubber.scrub(problem.hint()));
            case null, default -> {
                // The cause may name tables or addresses: that is for the operator, not for the model.
                LOG.warn(
                        "Tool {} failed unexpectedly. The model sees the failure, and the run continues.",
                        tool.name(),
                        cause);
                yield ToolResult.failed(
                        "tool_broke",
                        "\"%s\" failed unexpectedly".formatted(tool.name()),
                        "Retry once; if it fails again, continue without it");
            }
        };
    }

    /// Stored results must be readable again within the bounds of [Json], inside an event.
    private static ToolResult capped(JsonNode output, int most) {
        String json = Json.write(output);
        if (bytes(json) <= most && Json.depth(output) <= DEEPEST_OUTPUT) {
            return ToolResult.of(json);
        }
        String cut = json;
        for (int characters = most / 2; characters > 1 && (cut == json || bytes(cut) > most); characters /= 2) {
            cut = "{\"truncated\":true,\"length\":%d,\"beginning\":%s}"
                    .formatted(json.length(), Json.quote(Text.shorten(json, characters)));
        }
        return ToolResult.of(cut);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
