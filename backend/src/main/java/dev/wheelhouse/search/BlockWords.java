package dev.wheelhouse.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The words of a block as a `tsvector`, each with the places of the runs that have it: whether one run has several
/// words is known without reading it.
final class BlockWords {

    /// A block of long texts has fewer runs: Postgres keeps at most 1 MiB of words in one place.
    private static final int MOST_BYTES = 700_000;

    private static final int BYTES_OF_WORD = 8;
    private static final int BYTES_OF_PLACE = 2;

    private final Map<String, List<Integer>> places = new LinkedHashMap<>();
    private int bytes;
    private int runs;

    /// Adds the words of the next run, unless there is no room for them; for those of one run there always is.
    boolean add(Set<String> words) {
        int more = words.stream().mapToInt(this::bytes).sum();
        if (runs > 0 && bytes + more > MOST_BYTES) {
            return false;
        }
        runs++;
        bytes += more;
        words.forEach(
                word -> places.computeIfAbsent(word, none -> new ArrayList<>()).add(runs));
        return true;
    }

    private int bytes(String word) {
        return BYTES_OF_PLACE
                + (places.containsKey(word) ? 0 : BYTES_OF_WORD + word.getBytes(StandardCharsets.UTF_8).length);
    }

    String vector(boolean hasUnended) {
        String words = places.entrySet().stream().map(BlockWords::placed).collect(Collectors.joining(" "));
        String unended = hasUnended ? " " + BlockQuery.quoted(BlockQuery.UNENDED) : "";
        return words + " " + BlockQuery.quoted(BlockQuery.PLACED) + unended;
    }

    private static String placed(Map.Entry<String, List<Integer>> word) {
        String runs = word.getValue().stream().map(String::valueOf).collect(Collectors.joining(","));
        return BlockQuery.quoted(word.getKey()) + ":" + runs;
    }
}
