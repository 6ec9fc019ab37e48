package dev.wheelhouse.embeddings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Takes text apart as BERT's models without upper case expect it.
final class WordPieces {

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int begin;
    private final int end;
    private final int unknown;

    private WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        begin = vocabulary.get("[CLS]");
        end = vocabulary.get("[SEP]");
        unknown = vocabulary.get("[UNK]");
    }

    /// Reads the vocabulary out of a `tokenizer.json`, token by token: as a tree it would take megabytes.
    static WordPieces read(Path file) throws IOException {
        var vocabulary = new HashMap<String, Integer>(1 << 16);
        try (var json = new JsonFactory().createParser(file.toFile())) {
            boolean isInside = false;
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && "vocab".equals(json.currentName())) {
                    isInside = true;
                } else if (isInside && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    vocabulary.put(json.currentName(), json.getIntValue());
                } else if (isInside && json.currentToken() == JsonToken.END_OBJECT) {
                    break;
                }
            }
        }
        return new WordPieces(vocabulary);
    }

    /// @param most pieces in all, the two marks included
    int[] ids(String text, int most) {
        var ids = new ArrayList<Integer>();
        ids.add(begin);
        for (String word : words(text)) {
            addPieces(word, ids);
            if (ids.size() >= most) {
                break;
            }
        }
        while (ids.size() > most - 1) {
            ids.removeLast();
        }
        ids.add(end);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addPieces(String word, List<Integer> ids) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            ids.add(unknown);
            return;
        }
        var pieces = new ArrayList<Integer>();
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer found = null;
            while (to > from && found == null) {
                found = vocabulary.get((from == 0 ? "" : "##") + word.substring(from, to));
                to -= found == null ? Character.charCount(word.codePointBefore(to)) : 0;
            }
            if (found == null) {
                ids.add(unknown);
                return;
            }
            pieces.add(found);
            from = to;
        }
        ids.addAll(pieces);
    }

    /// In lower case and without accents; punctuation and Chinese characters stand alone.
    private static List<String> words(String text) {
        String plain = Normalizer.normalize(cleaned(text).toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        plain.codePoints().forEach(letter -> {
            if (Character.getType(letter) == Character.NON_SPACING_MARK) {
                return;
            }
            boolean isAlone = isPunctuation(letter) || isChinese(letter);
            if (isAlone || isSpace(letter)) {
                flush(word, words);
            }
            if (isAlone) {
                words.add(Character.toString(letter));
            } else if (!isSpace(letter)) {
                word.appendCodePoint(letter);
            }
        });
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static String cleaned(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().filter(letter -> !isControl(letter)).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isControl(int letter) {
        if (letter == '\t' || letter == '\n' || letter == '\r') {
            return false;
        }
        int type = Character.getType(letter);
        return letter == 0
                || letter == 0xFFFD
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE;
    }

    private static boolean isSpace(int letter) {
        return letter == '\t'
                || letter == '\n'
                || letter == '\r'
                || Character.getType(letter) == Character.SPACE_SEPARATOR
                || letter == 0x2028
                || letter == 0x2029;
    }

    private static boolean isPunctuation(int letter) {
        boolean isAscii = letter >= 33 && letter <= 47
                || letter >= 58 && letter <= 64
                || letter >= 91 && letter <= 96
                || letter >= 123 && letter <= 126;
        return isAscii
                || switch (Character.getType(letter)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    private static boolean isChinese(int letter) {
        return letter >= 0x4E00 && letter <= 0x9FFF
                || letter >= 0x3400 && letter <= 0x4DBF
                || letter >= 0x20000 && letter <= 0x2A6DF
                || letter >= 0x2A700 && letter <= 0x2CEAF
                || letter >= 0xF900 && letter <= 0xFAFF
                || letter >= 0x2F800 && letter <= 0x2FA1F;
    }
}
