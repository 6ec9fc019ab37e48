package dev.wheelhouse.frames;

import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Names and ids as the strictest server of a kind takes them. A model may invent a tool with any name, and the
/// conversation goes on: what was once said is sent again with every question.
///
/// The same name becomes the same one in every request, and two names never the same.
public final class FitNames {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]{0,63}");
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,40}");
    private static final Pattern SHORT_ID = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final Pattern SPACES = Pattern.compile("^(?:functions?|default_api|tools?)[.:]");
    private static final int LONGEST_NAME = 64;
    private static final int MARK = 6;

    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> offered = new LinkedHashMap<>();
    private final Pattern id;

    private FitNames(ModelCall call, boolean shortIds) {
        this.id = shortIds ? SHORT_ID : ID;
        for (ToolDescription tool : call.tools()) {
            offered.put(name(tool.name()), tool.name());
        }
        for (ModelMessage message : call.messages()) {
            if (message instanceof ModelMessage.Assistant assistant) {
                for (ToolRequest request : assistant.toolCalls()) {
                    name(request.tool());
                }
            }
        }
    }

    /// @param shortIds whether ids have to be nine letters and digits, as Mistral's own server wants it
    public static FitNames of(ModelCall call, boolean shortIds) {
        return new FitNames(call, shortIds);
    }

    /// As it is sent.
    public String name(String name) {
        return sent.computeIfAbsent(name, this::fitted);
    }

    private String fitted(String name) {
        if (NAME.matcher(name).matches() && !sent.containsValue(name)) {
            return name;
        }
        String plain = name.isBlank() ? "unnamed" : name.replaceAll("[^a-zA-Z0-9_-]", "_");
        String led = plain.matches("[a-zA-Z_].*") ? plain : "_" + plain;
        String cut = led.substring(0, Math.min(led.length(), LONGEST_NAME - MARK - 1));
        boolean isFree = led.equals(cut) && !sent.containsValue(cut);
        return isFree ? cut : cut + "_" + mark(name, MARK);
    }

    /// A name that the model used, as the tool's own. Some write it in the space of names that their prompt has.
    String own(String name) {
        String plain = SPACES.matcher(name).replaceFirst("");
        return offered.getOrDefault(name, offered.getOrDefault(plain, name));
    }

    /// Whether it is, or begins, the name of a tool that was offered.
    boolean isOffered(String name) {
        return offered.containsKey(name);
    }

    boolean beginsOffered(String start) {
        return offered.keySet().stream().anyMatch(name -> name.startsWith(start));
    }

    public String id(String given) {
        return id.matcher(given).matches() ? given : mark(given, 9);
    }

    /// Letters and digits that stand for a text.
    static String mark(String text, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(36).substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
