package dev.wheelhouse.passages;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The language of a document: how Postgres takes its words to their stems, and how far a model of English
/// understands it. Measured on XQuAD, see `docs/knowledge.md`.
public enum Language {
    ENGLISH("en", "english", 0.55, "the of and to in is that for was with as on by are this which from have not"),
    GERMAN("de", "german", 0.3, "der die und das ist nicht ein eine den von zu mit auf sich dem für auch wird werden"),
    FRENCH("fr", "french", 0.3, "le les des et est une dans que pour qui sur pas avec du au plus sont cette par"),
    SPANISH("es", "spanish", 0.3, "el los las del que una por con para es como más pero sus este entre fue y en"),
    ITALIAN("it", "italian", 0.3, "il di che della per una sono con del nel alla gli più anche come dei si delle"),
    PORTUGUESE("pt", "portuguese", 0.3, "o os as do da não uma para com em dos mais foi pelo pela são também ao"),
    DUTCH("nl", "dutch", 0.3, "de het een van en dat niet zijn voor met op aan door ook werd wordt naar bij"),
    SWEDISH("sv", "swedish", 0.3, "och att det som en är av för på den med till inte har ett var från om"),
    DANISH("da", "danish", 0.3, "og at det er en af til på som for ikke den med blev har fra af efter også"),
    NORWEGIAN("no", "norwegian", 0.3, "og i det som er en av til på ikke for med ble har fra etter også seg"),
    FINNISH("fi", "finnish", 0.3, "ja on ei että se oli hän mutta kun myös joka ovat sen tai kuin niin"),
    HUNGARIAN("hu", "hungarian", 0.3, "a az és hogy nem egy is volt meg azt ez csak mint már vagy"),
    ROMANIAN("ro", "romanian", 0.3, "și în de la cu pe este care că nu din mai sau fost pentru sunt unui acest"),
    TURKISH("tr", "turkish", 0.3, "ve bir bu için ile olarak da de daha olan gibi çok en sonra kadar ancak"),
    CATALAN("ca", "catalan", 0.3, "el els les amb que una per és del com més però seva dels aquesta també"),
    INDONESIAN("id", "indonesian", 0.3, "yang dan di dari untuk dengan pada adalah ini itu tidak dalam oleh akan"),
    RUSSIAN("ru", "russian", 0, ""),
    GREEK("el", "greek", 0, ""),
    ARABIC("ar", "arabic", 0, ""),
    HINDI("hi", "hindi", 0, ""),
    CHINESE("zh", "simple", 0, ""),
    JAPANESE("ja", "simple", 0, ""),
    KOREAN("ko", "simple", 0, ""),
    THAI("th", "simple", 0, ""),
    OTHER("und", "simple", 0, ""),
    /// Latin letters without a configuration of Postgres', such as Vietnamese or Polish.
    LATIN("mul", "simple", 0.3, "");

    private static final int LOOKED_AT = 20_000;
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Map<String, List<Language>> BY_STOP_WORD = new HashMap<>();

    static {
        for (var language : values()) {
            language.stopWords.forEach(
                    word -> BY_STOP_WORD.merge(word, List.of(language), (some, more) -> java.util.stream.Stream.concat(
                                    some.stream(), more.stream())
                            .toList()));
        }
    }

    private final String code;
    private final String config;
    private final double denseWeight;
    private final Set<String> stopWords;

    Language(String code, String config, double denseWeight, String stopWords) {
        this.code = code;
        this.config = config;
        this.denseWeight = denseWeight;
        this.stopWords = Arrays.stream(stopWords.split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// As ISO 639-1 has it, such as `de`; `und` for none that is known, `mul` for one in Latin letters.
    public String code() {
        return code;
    }

    /// The text search configuration of Postgres, such as `german`.
    public String config() {
        return config;
    }

    /// What share the likeness of meaning has in a score, 0 to 1, where the model knows English.
    public double denseWeight() {
        return denseWeight;
    }

    Locale locale() {
        return this == OTHER || this == LATIN ? Locale.ROOT : Locale.of(code);
    }

    public static Optional<Language> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /// By the script of the letters, and by the smallest words where they are Latin.
    public static Language detect(String text) {
        String start = text.substring(0, Math.min(text.length(), LOOKED_AT));
        var scripts = new EnumMap<Character.UnicodeScript, Integer>(Character.UnicodeScript.class);
        start.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> scripts.merge(Character.UnicodeScript.of(letter), 1, Integer::sum));
        var most = scripts.entrySet().stream().max(Map.Entry.comparingByValue());
        boolean hasKana = scripts.getOrDefault(Character.UnicodeScript.HIRAGANA, 0) > 0;
        return most.map(script -> switch (script.getKey()) {
                    case LATIN -> latin(start);
                    case HAN -> hasKana ? JAPANESE : CHINESE;
                    case HIRAGANA, KATAKANA -> JAPANESE;
                    case HANGUL -> KOREAN;
                    case THAI -> THAI;
                    case CYRILLIC -> RUSSIAN;
                    case GREEK -> GREEK;
                    case ARABIC -> ARABIC;
                    case DEVANAGARI -> HINDI;
                    default -> OTHER;
                })
                .orElse(OTHER);
    }

    private static Language latin(String text) {
        var found = new EnumMap<Language, Double>(Language.class);
        int words = 0;
        var word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words++;
            var said = BY_STOP_WORD.getOrDefault(word.group(), List.of());
            said.forEach(language -> found.merge(language, 1.0 / said.size(), Double::sum));
        }
        double least = Math.max(1, words * 0.06);
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(words < 12 ? ENGLISH : LATIN);
    }
}
