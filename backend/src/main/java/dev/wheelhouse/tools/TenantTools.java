package dev.wheelhouse.tools;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a tenant's agents may call: our own tools, and those of the tenant's tool servers.
public final class TenantTools {

    private final Tools tools;
    private final Collection<ForeignTools> foreign;
    private final TenantId tenant;

    TenantTools(Tools tools, Collection<ForeignTools> foreign, TenantId tenant) {
        this.tools = tools;
        this.foreign = foreign;
        this.tenant = tenant;
    }

    /// Sorted by name, those that are off included.
    public List<ToolInfo> list() {
        var all = new ArrayList<>(tools.list());
        foreign.stream()
                .flatMap(more -> more.list(tenant).stream())
                .map(ToolInfo::of)
                .forEach(all::add);
        all.sort(Comparator.comparing(ToolInfo::name));
        return all;
    }

    /// Refuses with `not_found`.
    public ToolInfo get(String name) {
        return find(name)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_FOUND,
                        "There is no tool \"%s\"".formatted(Text.shorten(name, 80)),
                        Suggest.hint(name, tools.names())));
    }

    public Optional<ToolInfo> find(String name) {
        return tools.find(tenant, name);
    }

    /// The effect class of a tool. A call of an unknown tool is refused and changes nothing.
    public Effect effect(String name) {
        return find(name).map(ToolInfo::effect).orElse(Effect.READ);
    }

    /// The names that the entries of a definition stand for, each once. What is not there stays as it is written, so
    /// that a call of it is refused in words.
    public List<String> granted(List<String> entries) {
        var names = new LinkedHashSet<String>();
        for (String entry : entries) {
            owner(entry).ifPresentOrElse(more -> names.addAll(more.meant(tenant, entry)), () -> names.add(entry));
        }
        return List.copyOf(names);
    }

    /// What is wrong with an entry of a definition, null where nothing is, or where only our own tools can say.
    public ForeignTools.@Nullable Mistake mistake(String entry) {
        return owner(entry).map(more -> more.mistake(tenant, entry)).orElse(null);
    }

    /// Whether an entry of a definition can only be a foreign tool.
    public boolean isForeign(String entry) {
        return owner(entry).isPresent();
    }

    private Optional<ForeignTools> owner(String entry) {
        return foreign.stream().filter(more -> more.isForeign(entry)).findFirst();
    }

    /// What the engine has to handle for this call, if the tool is of that kind and the arguments are valid.
    public Optional<Tool.Later> later(String name, String arguments, Set<String> granted) {
        return tools.later(name, arguments, granted);
    }

    /// Calls a tool for a person who tries it, within the bounds of an agent that may reach no host. Refuses
    /// one that is not there, and one whose calls the engine handles.
    public ToolResult attempt(String name, String arguments) throws InterruptedException {
        var tool = find(name)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_FOUND,
                        "There is no tool \"%s\"".formatted(Text.shorten(name, 80)),
                        Suggest.hint(name, tools.names())));
        if (later(name, arguments, Set.of(name)).isPresent()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" only works inside a run, which waits for it".formatted(tool.name()),
                    "Try it with an agent");
        }
        return call(
                name, arguments, Set.of(name), new Attempt(tenant, Ids.next().toString()));
    }

    private record Attempt(TenantId tenant, String idempotencyKey) implements ToolContext {
        @Override
        public List<String> allowedHosts() {
            return List.of();
        }

        @Override
        public void ensureOwned() {}
    }

    /// Calls a granted tool with the arguments as the model wrote them. Anything wrong with the call becomes a failed
    /// result for the model; only interruptions are thrown.
    public ToolResult call(String name, String arguments, Set<String> granted, ToolContext context)
            throws InterruptedException {
        return tools.call(name, arguments, granted, context);
    }
}
