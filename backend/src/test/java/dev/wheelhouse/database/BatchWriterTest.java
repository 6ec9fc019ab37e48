package dev.wheelhouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.SystemClock;
import dev.wheelhouse.testing.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of writes that share a statement, with a store that fails when a test says so.
class BatchWriterTest {

    private static final long LONG = Duration.ofMinutes(1).toNanos();

    /// A table of words by their first letter: a second word with the same letter is a duplicate.
    private final Map<Character, String> table = new HashMap<>();

    private final ConcurrentLinkedQueue<List<String>> statements = new ConcurrentLinkedQueue<>();
    private final List<Thread> writing = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> passedOver = new HashSet<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean answersGetLost;
    private volatile boolean isAway;

    private final BatchWriter writer = BatchWriter.start(new SystemClock(), "test-writer", 100);
    private final BatchWriter.Lane<String, Character, String> words =
            writer.lane(new BatchWriter.Statement<>("words", word -> word.charAt(0), this::insert, this::inserted));

    @AfterEach
    void close() throws InterruptedException {
        goOn.countDown();
        writer.close();
    }

    private Map<Character, String> insert(List<String> batch) {
        statements.add(batch);
        first.countDown();
        if (isAway) {
            throw refusal("08006");
        }
        if (batch.stream().anyMatch(refused::contains)) {
            throw refusal("22001");
        }
        if (passedOver.containsAll(batch)) {
            return Map.of();
        }
        if (batch.stream().anyMatch(word -> table.containsKey(word.charAt(0)))) {
            throw refusal("23505");
        }
        batch.forEach(word -> table.put(word.charAt(0), word));
        if (answersGetLost) {
            answersGetLost = false;
            throw refusal("08006");
        }
        return inserted(batch);
    }

    private Map<Character, String> inserted(List<String> batch) {
        var found = new HashMap<Character, String>();
        batch.stream().filter(table::containsValue).forEach(word -> found.put(word.charAt(0), "wrote " + word));
        return found;
    }

    private static DatabaseException refusal(String state) {
        return new DatabaseException(new SQLException("said the test", state));
    }

    private Future<String> write(String word) {
        var answer = new CompletableFuture<String>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(words.write(word, LONG));
            } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        writing.add(thread);
        return answer;
    }

    /// Holds the writer with one write while the others queue up.
    private List<Future<String>> together(String... all) throws InterruptedException {
        var holding = writer.lane(new BatchWriter.Statement<String, String, String>(
                "held",
                word -> word,
                batch -> {
                    first.countDown();
                    try {
                        Await.open(goOn);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Map.of();
                },
                batch -> Map.of()));
        Thread.ofVirtual().start(() -> {
            try {
                holding.write("x", LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Await.open(first);
        var answers = new ArrayList<Future<String>>();
        for (var word : all) {
            answers.add(write(word));
        }
        Await.until(
                "All are queued", () -> writing.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        goOn.countDown();
        return answers;
    }

    @Test
    void writes_that_wait_together_share_a_statement() throws Exception {
        var all =
                IntStream.range(0, 20).mapToObj(n -> (char) ('a' + n) + "-word").toArray(String[]::new);

        var answers = together(all);

        for (int at = 0; at < all.length; at++) {
            assertThat(answers.get(at).get()).isEqualTo("wrote " + all[at]);
        }
        assertThat(statements).hasSize(1);
    }

    @Test
    void one_that_is_refused_fails_alone() throws Exception {
        refused.add("bad");

        var answers = together("apple", "bad", "cherry");

        assertThat(answers.get(0).get()).isEqualTo("wrote apple");
        assertThatThrownBy(() -> answers.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DatabaseException.class);
        assertThat(answers.get(2).get()).isEqualTo("wrote cherry");
    }

    @Test
    void two_with_the_same_key_never_share_a_statement() throws Exception {
        var answers = together("apple", "avocado");

        var results = new ArrayList<String>();
        results.add(answers.get(0).get());
        results.add(answers.get(1).get());
        // The second is a duplicate, which takes no effect.
        assertThat(results).containsOnlyOnce((String) null);
        assertThat(statements).allMatch(batch -> batch.size() == 1);
    }

    @Test
    void what_an_interrupted_call_has_written_counts_and_is_not_written_twice() throws Exception {
        answersGetLost = true;

        assertThat(words.write("apple", LONG)).isEqualTo("wrote apple");
        assertThat(table).hasSize(1);
    }

    @Test
    void what_an_interrupted_call_has_written_counts_when_tried_alone() throws Exception {
        answersGetLost = true;
        passedOver.add("bob");
        var all = together("ada", "bob");
        assertThat(all.getFirst().get()).isEqualTo("wrote ada");
        assertThat(all.getLast().get()).isEqualTo("wrote bob");
    }

    @Test
    void write_whose_time_is_over_is_given_up() {
        isAway = true;

        assertThatThrownBy(() -> words.write("apple", Duration.ofMillis(100).toNanos()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("did not take the write in time");
    }

    @Test
    void closing_writes_what_is_queued() throws Exception {
        var answers = together("apple", "banana");
        writer.close();

        assertThat(answers.get(0).get()).isEqualTo("wrote apple");
        assertThat(answers.get(1).get()).isEqualTo("wrote banana");
    }
}
