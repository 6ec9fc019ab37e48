package dev.wheelhouse.dumps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpsTest {

    private static final String NAME = "wheelhouse-20261130T021700Z.dump";
    private static final String PIECE = "65536";

    @TempDir
    private Path folder;

    private Key own;

    @BeforeEach
    void draw() throws Exception {
        own = Key.draw();
        Files.writeString(folder.resolve("key"), "# public key: " + own.publicText() + "\n" + own.secretText() + "\n");
    }

    private Path made(String at) throws IOException {
        return Files.createDirectories(folder.resolve(at));
    }

    private Dumps dumps() {
        return new Dumps(Map.of(
                "AGE_RECIPIENTS",
                own.publicText(),
                "AGE_IDENTITY_FILE",
                folder.resolve("key").toString()));
    }

    private byte[] written(int size) throws Exception {
        byte[] dump = new byte[size];
        new Random(size).nextBytes(dump);
        Files.write(made("plain").resolve(NAME), dump);
        Files.writeString(
                folder.resolve("plain").resolve(NAME + ".manifest"),
                "manifest 1\ndump " + NAME + "\nbytes " + size + "\n");
        dumps().seal(folder.resolve("plain"), folder.resolve("kept"));
        return dump;
    }

    private List<String> opened() throws Exception {
        return dumps().open(folder.resolve("kept"), made("opened"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 131072, 200000})
    void dump_comes_back_as_it_was(int size) throws Exception {
        byte[] dump = written(size);

        assertThat(Files.exists(folder.resolve("plain").resolve(NAME))).isFalse();
        assertThat(Files.readString(folder.resolve("kept").resolve(NAME + ".manifest")))
                .contains("sealed-bytes ", "sealed-sha256 ", "sealed-for " + own.publicText());
        assertThat(opened()).containsExactly("OPENED: " + NAME + ".age");
        assertThat(Files.readAllBytes(folder.resolve("opened").resolve(NAME))).isEqualTo(dump);
        assertThat(folder.resolve("opened").resolve(NAME + ".manifest")).exists();
    }

    @Test
    void each_of_several_keys_opens_it() throws Exception {
        var other = Key.draw();
        var to = new ByteArrayOutputStream();
        Payload.encrypt(new ByteArrayInputStream("dump".getBytes(StandardCharsets.UTF_8)), to, List.of(other, own));

        for (var key : List.of(own, other)) {
            var back = new ByteArrayOutputStream();
            Payload.decrypt(new ByteArrayInputStream(to.toByteArray()), back, List.of(key));
            assertThat(back.toString(StandardCharsets.UTF_8)).isEqualTo("dump");
        }
    }

    /// Made by age 1.1.1, of the word "wheelhouse" and a line break, for a key that was drawn for this test.
    @Test
    void file_that_age_itself_wrote_is_read() throws Exception {
        var key = Key.identities("AGE-SECRET-" + "KEY-1XZLZ88Y4X623Y0YTPMEJ03N06ZMER6M2K9QAGWVHK68ZV77MS7TQ289L98");
        var back = new ByteArrayOutputStream();
        Payload.decrypt(
                new ByteArrayInputStream(Base64.getDecoder()
                        .decode(
                                "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBrODN3Q3p3SlcyYkIzbGRvbXNPZzFLU1F1NEl1QjVqMGFKN0VxV1BBTEZzCnFLblhPWFow"
                                        + "UTU3SWtrMVI0Z0VhdC9XemsvTFZxM1REb2ExMVhUTFhhY28KLS0tIG5udTFJWnpZYThNVUsrV0hLaUdJZTZBcW13TUlaMEs1eFIya0o5TDJm"
                                        + "T1UK5x/gwYoSAcyCtBYOS4wxFw3IZTjPtCFr/IORTxSvOYfCz5VEbW8vFXC0CQ==")),
                back,
                key);

        assertThat(back.toString(StandardCharsets.UTF_8)).isEqualTo("wheelhouse\n");
        assertThat(key.getFirst().publicText())
                .isEqualTo("age1p8yv7muqc2cpg5fazlhxq5naj7y2u23zkuv2nt2vkz88wmhsaaqsqu0k06");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cut 0 | it was cut off or uploaded by half",
                "cut 1 | it was cut off or uploaded by half",
                "cut 100 | it was cut off or uploaded by half",
                "cut " + PIECE + " | it was cut off or uploaded by half",
                "cut half | it was cut off or uploaded by half",
                "cut last | it was cut off or uploaded by half",
                "grow | it was cut off or uploaded by half",
                "twice | it was cut off or uploaded by half",
                "flip 0 | does not begin as a file of age does",
                "flip 25 | header has been changed / it is encrypted for another key",
                "flip 60 | it is encrypted for another key",
                "flip 100 | it is encrypted for another key / header has been changed",
                "flip 150 | header has been changed",
                "flip 190 | its bytes have changed",
                "flip 300 | its bytes have changed",
                "flip half | its bytes have changed",
                "flip last | its bytes have changed",
                "zeros | does not begin as a file of age does",
                "turned | does not begin as a file of age does",
                "swapped | its bytes have changed",
                "gone | there is no dump",
                "manifest gone | has no manifest beside it",
                "manifest empty | has no manifest beside it",
                "manifest plain | does not say \"sealed-bytes\"",
                "manifest later | not one, or of a later version",
                "manifest page | not one, or of a later version",
                "manifest other | the manifest beside it is of",
                "manifest bytes | it was cut off or uploaded by half",
                "manifest sum | its bytes have changed (sha256)",
                "key other | it is encrypted for another key than age1",
                "key none | AGE_IDENTITY_FILE names no file",
                "key public | is not one of age",
                "key typo | a letter of it is wrong or missing",
                "key empty | has no secret key"
            })
    void damage_is_noticed_in_words(String damage, String says) throws Exception {
        written(200_000);
        damage(damage.split(" "));

        assertThatThrownBy(this::opened).isInstanceOf(DamagedException.class).satisfies(refusal -> assertThat(
                        refusal.getMessage())
                .containsAnyOf(says.split(" / "))
                .doesNotContain(own.secretText()));
        assertThat(made("opened")).isEmptyDirectory();
    }

    private void damage(String[] words) throws Exception {
        var file = folder.resolve("kept").resolve(NAME + ".age");
        var manifest = folder.resolve("kept").resolve(NAME + ".manifest");
        switch (words[0]) {
            case "manifest" -> damageText(manifest, words[1]);
            case "key" -> damageKey(folder.resolve("key"), words[1]);
            case "gone" -> Files.delete(file);
            default -> Files.write(file, damaged(Files.readAllBytes(file), words));
        }
    }

    private static byte[] damaged(byte[] file, String[] words) {
        int at = words.length < 2
                ? 0
                : switch (words[1]) {
                    case "half" -> file.length / 2;
                    case "last" -> file.length - 1;
                    default -> Integer.parseInt(words[1]);
                };
        byte[] bytes = file.clone();
        switch (words[0]) {
            case "cut" -> bytes = Arrays.copyOf(file, at);
            case "flip" -> bytes[at] ^= 1;
            case "grow" -> bytes = Arrays.copyOf(file, file.length + 1);
            case "twice" -> {
                bytes = Arrays.copyOf(file, 2 * file.length);
                System.arraycopy(file, 0, bytes, file.length, file.length);
            }
            case "zeros" -> Arrays.fill(bytes, (byte) 0);
            case "turned" -> {
                for (int i = 0; i < file.length; i++) {
                    bytes[i] = file[file.length - 1 - i];
                }
            }
            // The first piece in place of the second, as one who joins parts wrongly would.
            case "swapped" ->
                System.arraycopy(file, file.length - 200_000, bytes, file.length - 200_000 + 65_552, 65_552);
            default -> throw new IllegalArgumentException(words[0]);
        }
        return bytes;
    }

    private static void damageText(Path manifest, String how) throws IOException {
        String text = Files.readString(manifest);
        switch (how) {
            case "gone" -> Files.delete(manifest);
            case "empty" -> Files.writeString(manifest, "");
            case "plain" -> Files.writeString(manifest, text.substring(0, text.indexOf("sealed-")));
            case "later" -> Files.writeString(manifest, text.replace("manifest 1", "manifest 2"));
            case "page" -> Files.writeString(manifest, "<html>Not found</html>");
            case "other" -> Files.writeString(manifest, text.replace("2026", "2020"));
            case "bytes" -> Files.writeString(manifest, text.replace("sealed-bytes ", "sealed-bytes 9"));
            case "sum" -> Files.writeString(manifest, text.replace("sealed-sha256 ", "sealed-sha256 0"));
            default -> throw new IllegalArgumentException(how);
        }
    }

    private void damageKey(Path file, String how) throws Exception {
        switch (how) {
            case "other" -> Files.writeString(file, Key.draw().secretText());
            case "none" -> Files.delete(file);
            case "public" -> Files.writeString(file, own.publicText());
            case "typo" ->
                Files.writeString(
                        file, own.secretText().replaceAll(".$", own.secretText().endsWith("Q") ? "P" : "Q"));
            case "empty" -> Files.writeString(file, "# public key: " + own.publicText() + "\n");
            default -> throw new IllegalArgumentException(how);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no public key is given to encrypt for",
                "age1qqqq | is not one of age",
                "AGE-SECRET-KEY-1QQQQ | a secret key is given where public ones belong",
                "ssh-ed25519 | does not begin with \"age1\""
            })
    void what_is_no_public_key_is_refused(String recipients, String says) throws Exception {
        Files.writeString(made("plain").resolve(NAME), "dump");

        assertThatThrownBy(() -> new Dumps(Map.of("AGE_RECIPIENTS", recipients))
                        .seal(folder.resolve("plain"), folder.resolve("kept")))
                .hasMessageContaining(says);
        assertThat(folder.resolve("plain").resolve(NAME)).exists();
    }
}
