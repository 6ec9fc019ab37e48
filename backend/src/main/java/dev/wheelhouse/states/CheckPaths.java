package dev.wheelhouse.states;

import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.definitions.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Where the states of one machine lead: every name has to be a state, every state has to be reached, and from every
/// state a way has to lead to an end.
final class CheckPaths {

    /// That a state leads to another one, and where it says so.
    record Lead(Fields fields, String key, String to) {}

    private final Fields machine;
    private final String start;
    private final Map<String, Fields> places;
    private final Map<String, List<Lead>> leads = new LinkedHashMap<>();
    private final Set<String> ends = new TreeSet<>();
    private final List<Lead> others = new ArrayList<>();

    CheckPaths(Fields machine, String start, Map<String, Fields> places) {
        this.machine = machine;
        this.start = start;
        this.places = places;
    }

    void lead(String from, Fields fields, String key, String to) {
        leads.computeIfAbsent(from, name -> new ArrayList<>()).add(new Lead(fields, key, to));
    }

    /// A failure of the machine itself leads there.
    void lead(Fields fields, String key, String to) {
        others.add(new Lead(fields, key, to));
    }

    void ends(String state) {
        ends.add(state);
    }

    void check() {
        leads.values().forEach(all -> all.forEach(this::checkName));
        others.forEach(this::checkName);
        if (!places.containsKey(start)) {
            if (!start.isEmpty()) {
                machine.mistake("start", unknown(start), Suggest.hint(start, places.keySet()));
            }
            return;
        }
        var reached = new LinkedHashSet<String>();
        reach(start, reached);
        others.forEach(lead -> reach(lead.to(), reached));
        places.forEach((name, fields) -> {
            if (!reached.contains(name)) {
                fields.mistake(
                        "",
                        "State \"%s\" is never reached".formatted(name),
                        "Let another state lead to it, or remove it");
            }
        });
        checkEnds(reached);
    }

    private void checkName(Lead lead) {
        if (!lead.to().isEmpty() && !places.containsKey(lead.to())) {
            lead.fields().mistake(lead.key(), unknown(lead.to()), Suggest.hint(lead.to(), places.keySet()));
        }
    }

    private static String unknown(String state) {
        return "There is no state \"%s\"".formatted(state);
    }

    private void reach(String from, Set<String> reached) {
        var left = new ArrayList<>(List.of(from));
        while (!left.isEmpty()) {
            String state = left.removeLast();
            if (places.containsKey(state) && reached.add(state)) {
                leads.getOrDefault(state, List.of()).forEach(lead -> left.add(lead.to()));
            }
        }
    }

    /// States in a circle that nothing leaves.
    private void checkEnds(Set<String> reached) {
        var ending = new TreeSet<>(ends);
        boolean grows = true;
        while (grows) {
            grows = false;
            for (var entry : leads.entrySet()) {
                boolean leadsOut = entry.getValue().stream()
                        .anyMatch(lead -> ending.contains(lead.to()) || !places.containsKey(lead.to()));
                grows |= leadsOut && ending.add(entry.getKey());
            }
        }
        for (var state : reached) {
            // One that leads nowhere at all is told so where it is read.
            if (!ending.contains(state) && leads.containsKey(state) && places.get(state) instanceof Fields fields) {
                fields.mistake(
                        "",
                        "No way leads from state \"%s\" to an end".formatted(state),
                        "Let one of the states after it lead to one with succeed or fail");
            }
        }
    }
}
