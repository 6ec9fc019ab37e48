package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.leaks.Leaks;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.threads.Conversation;
import dev.wheelhouse.threads.Threads;
import jakarta.inject.Provider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// The conversation that the model sees: the earlier turns of the thread and the run's own input.
///
/// A run made from another takes its place in the conversation: a retry sees what its origin saw, and a fork, alone in
/// its own thread, continues from the turns in its origin's.
final class EarlierTurns {

    // Earlier turns beyond these are left out, the oldest first.
    private static final int MOST_TURNS = 50;
    private static final int MOST_CHARACTERS = 200_000;

    // What a call sends of pictures, the newest first.
    private static final int MOST_IMAGES = 20;
    private static final int MOST_IMAGE_BYTES = 8 << 20;
    private static final String LEFT_OUT = "[A picture that was shown here is left out]";

    private final Threads threads;
    private final Images images;
    private final Provider<Runs> runs;

    EarlierTurns(Threads threads, Images images, Provider<Runs> runs) {
        this.threads = threads;
        this.images = images;
        this.runs = runs;
    }

    List<ModelMessage> with(Run run) {
        var said = new ArrayDeque<ModelMessage>();
        var place = place(run);
        boolean isWhole = false;
        while (!isWhole && !place.thread().equals(place.id().value())) {
            var turns = threads.turns(place.tenant(), place.thread(), place.id(), MOST_TURNS);
            isWhole = !add(turns, said) || turns.isEmpty() || turns.getFirst().origin() == null;
            if (!isWhole) {
                place = place(runs.get().get(run.tenant(), turns.getFirst().run()));
            }
        }
        said.addAll(messages(String.valueOf(run.input())));
        return List.copyOf(said);
    }

    /// Whether any of these turns has read what somebody else wrote: what it said may lead on the next.
    boolean haveReadOthers(Run run) {
        var place = place(run);
        boolean isWhole = false;
        while (!isWhole && !place.thread().equals(place.id().value())) {
            var turns = threads.turns(place.tenant(), place.thread(), place.id(), MOST_TURNS);
            if (turns.reversed().stream().anyMatch(turn -> hasReadOthers(run, turn))) {
                return true;
            }
            isWhole = turns.isEmpty()
                    || turns.size() >= MOST_TURNS
                    || turns.getFirst().origin() == null;
            if (!isWhole) {
                place = place(runs.get().get(run.tenant(), turns.getFirst().run()));
            }
        }
        return false;
    }

    private boolean hasReadOthers(Run run, Conversation.Turn turn) {
        return turn.output() != null && ApprovalNeed.hasReadOthers(runs.get().recorded(run.tenant(), turn.run()));
    }

    /// What keeps answers from leading where nobody who is trusted has been.
    static Leaks leaks(Definition definition, List<ModelMessage> said) {
        var trusted = Stream.concat(
                Stream.of(definition.instructions()),
                said.stream().filter(ModelMessage.User.class::isInstance).map(ModelMessage::text));
        return Leaks.but(trusted.toList(), definition.fetch().hosts());
    }

    static boolean hasImages(String input) {
        return input.contains("\"images\":")
                && messages(input).stream().anyMatch(message -> !images(message).isEmpty());
    }

    private static List<ModelMessage.Image> images(ModelMessage message) {
        return message instanceof ModelMessage.User user ? user.images() : List.of();
    }

    /// Asks a model, with the pictures of a call in place of their hashes.
    interface Showing {
        Outcome ask(ModelCall call, Asking<Outcome> asking) throws InterruptedException;
    }

    /// Does something with a call as it is sent.
    interface Asking<T> {
        T ask(ModelCall call) throws InterruptedException;
    }

    /// A call as its model got it.
    ///
    /// @param call with the hashes of pictures in place of their bytes
    /// @param digest of the call with the bytes
    record Shown(ModelCall call, String digest) {}

    /// What a call sends, for people to read.
    Shown shown(ModelCall call) throws InterruptedException {
        return showing(
                call,
                sent -> new Shown(
                        sent.saying(sent.messages().stream()
                                .map(EarlierTurns::hashed)
                                .toList()),
                        sent.digest()));
    }

    private static ModelMessage hashed(ModelMessage message) {
        return images(message).isEmpty()
                ? message
                : new ModelMessage.User(
                        message.text(),
                        images(message).stream()
                                .map(image -> new ModelMessage.Image(
                                        image.type(),
                                        Image.of(Base64.getDecoder().decode(image.base64()))
                                                .hash()))
                                .toList());
    }

    /// The newest first, as many as fit; they are in memory for as long as the model is asked, and no longer.
    <T> T showing(ModelCall call, Asking<T> asking) throws InterruptedException {
        var hashes = call.messages().reversed().stream()
                .flatMap(message -> images(message).reversed().stream())
                .map(ModelMessage.Image::base64)
                .limit(MOST_IMAGES)
                .toList();
        if (hashes.isEmpty()) {
            return asking.ask(call);
        }
        try (var shown = images.show(call.tenant(), hashes, MOST_IMAGE_BYTES)) {
            return asking.ask(call.saying(call.messages().stream()
                    .map(message -> images(message).isEmpty() ? message : seen(message, shown))
                    .toList()));
        }
    }

    private static ModelMessage seen(ModelMessage message, Images.Shown shown) {
        var seen = new ArrayList<ModelMessage.Image>();
        var text = new StringBuilder(message.text());
        for (var named : images(message)) {
            String base64 = shown.base64(named.base64());
            if (base64 == null) {
                text.append(text.isEmpty() ? "" : "\n").append(LEFT_OUT);
            } else {
                seen.add(new ModelMessage.Image(named.type(), base64));
            }
        }
        return new ModelMessage.User(text.toString(), seen);
    }

    /// A run that opened its thread has no earlier turns.
    private Run place(Run run) {
        return run.origin() == null ? run : runs.get().first(run.tenant(), run.id());
    }

    /// Prepends the turns; false when the limits are reached.
    private static boolean add(List<Conversation.Turn> turns, ArrayDeque<ModelMessage> said) {
        int characters = characters(said);
        for (var turn : turns.reversed()) {
            var messages = messages(turn);
            characters += characters(messages);
            if (characters > MOST_CHARACTERS) {
                return false;
            }
            messages.reversed().forEach(said::addFirst);
        }
        return turns.size() < MOST_TURNS;
    }

    private static int characters(Iterable<ModelMessage> messages) {
        int characters = 0;
        for (var message : messages) {
            characters += message.text().length();
        }
        return characters;
    }

    /// A turn without an answer counts only if the next message interrupted it.
    private static List<ModelMessage> messages(Conversation.Turn turn) {
        if (turn.output() == null) {
            return turn.interrupted() ? messages(turn.input()) : List.of();
        }
        var messages = new ArrayList<>(messages(turn.input()));
        messages.add(new ModelMessage.Assistant(turn.output(), List.of()));
        return messages;
    }

    private static List<ModelMessage> messages(String input) {
        var messages = new ArrayList<ModelMessage>();
        for (JsonNode message : Json.read(input)) {
            String text = message.path("content").asText();
            messages.add(
                    switch (message.path("role").asText()) {
                        case "assistant" -> new ModelMessage.Assistant(text, calls(message.path("toolCalls")));
                        case "tool" ->
                            new ModelMessage.ToolResult(
                                    message.path("call").asText(),
                                    message.path("tool").asText(),
                                    text,
                                    false);
                        // What a client's system messages say counts as said by it; the instructions are the agent's.
                        default -> new ModelMessage.User(text, named(message.path("images")));
                    });
        }
        return messages;
    }

    /// Pictures by their hashes, where their bytes will be.
    private static List<ModelMessage.Image> named(JsonNode images) {
        var named = new ArrayList<ModelMessage.Image>();
        images.forEach(image -> named.add(new ModelMessage.Image(
                image.path("type").asText(), image.path("hash").asText())));
        return named;
    }

    private static List<ToolRequest> calls(JsonNode calls) {
        var requests = new ArrayList<ToolRequest>();
        for (var call : calls) {
            requests.add(new ToolRequest(
                    call.path("id").asText(),
                    call.path("name").asText(),
                    call.path("arguments").asText()));
        }
        return requests;
    }
}
