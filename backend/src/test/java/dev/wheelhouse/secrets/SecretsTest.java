package dev.wheelhouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.outbound.Destination;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sealed values in a real Postgres, and what whoever can write its rows can do with them: nothing.
class SecretsTest {

    private static final TenantId OURS = TenantId.DEFAULT;
    private static final TenantId THEIRS = new TenantId("theirs");
    private static final URI API = URI.create("https://api.example.org/v1");

    private final String url = TestDatabase.fresh();
    private final SealingKey master = SealingKey.fresh();
    private Database database;
    private Secrets secrets;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = TestDatabases.open(url);
        TestTenants.prepare(database).create(THEIRS);
        secrets = with(master, null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Secrets with(SealingKey current, SealingKey previous) {
        return TestSecrets.of(database, current, previous);
    }

    private void put(TenantId tenant, String name, String value) {
        secrets.put(tenant, new NewSecret(name, value, List.of("api.example.org"), "For tests"));
    }

    private static String valueOf(Secrets of, TenantId tenant, String name) {
        return of.header(tenant, "X", "secret://" + name, _ -> true).value();
    }

    private static void assertRefused(Secrets of, TenantId tenant, String name, String why) {
        assertThatThrownBy(() -> valueOf(of, tenant, name))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void value_is_kept_sealed_and_put_in_by_its_name() {
        put(OURS, "crm-token", "sesame-open-up");

        var header = secrets.header(OURS, "Authorization", "Bearer secret://crm-token", _ -> true);

        assertThat(header.value()).isEqualTo("Bearer sesame-open-up");
        assertThat(header.to().test(API)).isTrue();
        assertThat(header.to().test(URI.create("https://other.example/"))).isFalse();
        assertThat(header.to().test(URI.create("http://api.example.org/"))).isFalse();
        String stored = TestDatabase.query(
                url, "SELECT string_agg(encode(sealed, 'escape') || secrets::text, '') FROM secrets");
        assertThat(stored).contains("crm-token").doesNotContain("sesame");
        assertThat(secrets.list(OURS)).singleElement().satisfies(secret -> {
            assertThat(secret.version()).isEqualTo(1);
            assertThat(secret.hosts()).extracting(Destination::toString).isEqualTo(List.of("api.example.org"));
            assertThat(secret.toString()).doesNotContain("sesame");
        });
    }

    @Test
    void two_names_in_one_value_go_only_where_both_are_bound() {
        secrets.put(OURS, new NewSecret("one-key", "first-value-1", List.of("*.example.org"), ""));
        secrets.put(OURS, new NewSecret("two-key", "second-value-2", List.of("api.example.org", "x.example"), ""));

        var header = secrets.header(OURS, "X", "secret://one-key:secret://two-key", _ -> true);

        assertThat(header.value()).isEqualTo("first-value-1:second-value-2");
        assertThat(header.to().test(API)).isTrue();
        assertThat(header.to().test(URI.create("https://other.example.org/"))).isFalse();
        assertThat(header.to().test(URI.create("https://x.example/"))).isFalse();
        assertThatThrownBy(() -> secrets.checkBound(OURS, "secret://two-key", URI.create("https://evil.example:8/")))
                .hasMessage("The secret \"two-key\" may not be sent to \"https://evil.example:8\"");
    }

    @Test
    void value_that_names_another_secret_is_not_looked_at_again() {
        put(OURS, "inner", "sesame-open-up");
        put(OURS, "outer", "secret://inner");

        assertThat(valueOf(secrets, OURS, "outer")).isEqualTo("secret://inner");
    }

    @Test
    void new_value_takes_the_place_of_the_old_one_and_a_removed_one_is_gone() {
        put(OURS, "crm-token", "sesame-open-up");
        assertThat(secrets.scrubber(OURS).scrub("sesame-open-up")).isEqualTo("[REDACTED]");
        put(OURS, "crm-token", "another-word");

        assertThat(valueOf(secrets, OURS, "crm-token")).isEqualTo("another-word");
        assertThat(secrets.list(OURS).getFirst().version()).isEqualTo(2);

        secrets.remove(OURS, "crm-token");
        assertRefused(secrets, OURS, "crm-token", "There is no secret \"crm-token\"");
        assertThat(secrets.scrubber(OURS).isEmpty()).isTrue();
        assertThatThrownBy(() -> secrets.remove(OURS, "crm-token"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void secret_that_somebody_else_has_set_since_is_neither_set_nor_removed() {
        var mine = new NewSecret("crm-token", "sesame-of-mine", List.of("api.example.org"), "");
        var first = new Expected(Set.of("1"));

        assertChanged(() -> secrets.put(OURS, mine, first), "Secret \"crm-token\" is not there any more");
        put(OURS, "crm-token", "sesame-open-up");
        assertChanged(() -> secrets.put(OURS, mine, Expected.NOTHING), "Secret \"crm-token\" is there already");
        put(OURS, "crm-token", "set-by-another");
        assertChanged(() -> secrets.put(OURS, mine, first), "was changed by somebody else");
        assertChanged(() -> secrets.remove(OURS, "crm-token", first), "was changed by somebody else");

        assertThat(valueOf(secrets, OURS, "crm-token")).isEqualTo("set-by-another");
        assertThat(secrets.put(OURS, mine, new Expected(Set.of("2"))).version()).isEqualTo(3);
        secrets.remove(OURS, "crm-token", new Expected(Set.of("3")));
        assertThat(secrets.put(OURS, mine, Expected.NOTHING).version()).isEqualTo(1);
    }

    private static void assertChanged(ThrowingCallable change, String why) {
        assertThatThrownBy(change)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
    }

    @Test
    void tenants_see_nothing_of_each_other() {
        put(OURS, "crm-token", "sesame-open-up");
        put(THEIRS, "crm-token", "their-own-word");

        assertThat(valueOf(secrets, OURS, "crm-token")).isEqualTo("sesame-open-up");
        assertThat(valueOf(secrets, THEIRS, "crm-token")).isEqualTo("their-own-word");
        assertThat(secrets.scrubber(THEIRS).scrub("sesame-open-up")).isEqualTo("sesame-open-up");
        secrets.remove(THEIRS, "crm-token");
        assertRefused(secrets, THEIRS, "crm-token", "There is no secret");
        assertThat(secrets.list(OURS)).hasSize(1);
    }

    @Test
    void row_that_was_copied_or_changed_does_not_open() {
        put(OURS, "crm-token", "sesame-open-up");
        put(OURS, "other", "sesame-for-others");
        put(THEIRS, "own", "their-own-word");

        for (String tampering : List.of(
                "INSERT INTO secrets (tenant, name, sealed, hosts, description)"
                        + " SELECT 'theirs', name, sealed, hosts, '' FROM secrets WHERE name = 'crm-token'",
                "UPDATE secret_keys SET wrapped = (SELECT wrapped FROM secret_keys WHERE tenant = 'default')"
                        + " WHERE tenant = 'theirs'")) {
            TestDatabase.execute(url, tampering);
            assertRefused(with(master, null), THEIRS, "crm-token", "cannot be opened");
        }
        TestDatabase.execute(
                url,
                "UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE tenant = 'default' AND name = 'crm-token')"
                        + " WHERE name = 'other'");
        assertRefused(with(master, null), OURS, "other", "cannot be opened");
        assertThat(valueOf(with(master, null), OURS, "crm-token")).isEqualTo("sesame-open-up");
        TestDatabase.execute(url, "UPDATE secrets SET hosts = '{evil.example}' WHERE tenant = 'default'");
        assertRefused(with(master, null), OURS, "crm-token", "cannot be opened");
    }

    @Test
    void every_changed_byte_is_noticed() {
        byte[] sealed = master.seal("sesame-open-up".getBytes(), List.of("here"));

        assertThat(master.open(sealed, List.of("here"))).isPresent();
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(master.open(changed, List.of("here"))).as("byte %d", at).isEmpty();
        }
        assertThat(master.open(new byte[3], List.of("here"))).isEmpty();
        assertThat(master.open(sealed, List.of("he", "re"))).isEmpty();
        assertThat(master.open(sealed, List.of("here", ""))).isEmpty();
        assertThat(master.seal(new byte[9], List.of())).isNotEqualTo(master.seal(new byte[9], List.of()));
    }

    @Test
    void master_key_is_changed_by_way_of_the_previous_one() {
        put(OURS, "crm-token", "sesame-open-up");
        put(THEIRS, "own", "their-own-word");
        var next = SealingKey.fresh();

        var between = with(next, master);
        assertThat(valueOf(between, OURS, "crm-token")).isEqualTo("sesame-open-up");
        between.prepare();

        var after = with(next, null);
        after.prepare();
        assertThat(valueOf(after, OURS, "crm-token")).isEqualTo("sesame-open-up");
        assertThat(valueOf(after, THEIRS, "own")).isEqualTo("their-own-word");
        assertThat(TestDatabase.query(url, "SELECT count(DISTINCT master) FROM secret_keys"))
                .isEqualTo("1");
        assertRefused(with(master, null), OURS, "crm-token", "cannot be opened");
    }

    @Test
    void wrong_master_key_opens_nothing_and_stores_nothing_beside_what_is_there() {
        put(OURS, "crm-token", "sesame-open-up");
        var wrong = with(SealingKey.fresh(), null);

        wrong.prepare();

        assertRefused(wrong, OURS, "crm-token", "cannot be opened");
        assertThatThrownBy(() -> wrong.put(OURS, new NewSecret("new", "sesame-again", List.of("a.example"), "")))
                .hasMessageContaining("another master key")
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_READY));
        assertThat(wrong.list(OURS)).hasSize(1);
        assertThat(valueOf(secrets, OURS, "crm-token")).isEqualTo("sesame-open-up");
    }

    @Test
    void without_a_master_key_names_are_listed_and_nothing_is_set_or_used() {
        put(OURS, "crm-token", "sesame-open-up");
        var none = with(null, null);

        none.prepare();

        assertThat(none.isReady()).isFalse();
        assertThat(none.list(OURS)).hasSize(1);
        assertThat(none.scrubber(OURS)).isSameAs(Scrubber.NONE);
        for (Runnable use : List.<Runnable>of(
                () -> valueOf(none, OURS, "crm-token"),
                () -> none.put(OURS, new NewSecret("new", "sesame-again", List.of("a.example"), "")))) {
            assertThatThrownBy(use::run).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.code()).isEqualTo(ErrorCode.NOT_READY);
                assertThat(problem.hint()).contains("SECRETS_MASTER_KEY");
            });
        }
        none.remove(OURS, "crm-token");
        assertThat(secrets.list(OURS)).isEmpty();
    }

    @Test
    void everything_wrong_with_a_new_secret_is_said_at_once_and_its_value_never() {
        var wrong = new NewSecret("CRM token", "sesame", List.of("api.example.org", "*.org", "a/b", ""), "");

        assertThatThrownBy(() -> secrets.put(OURS, wrong)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.mistakes())
                    .extracting(Problem.Mistake::path)
                    .isEqualTo(List.of("/name", "/value", "/hosts/1", "/hosts/2", "/hosts/3"));
            assertThat(problem.mistakes().toString()).doesNotContain("sesame");
        });
        for (String value : List.of("", "x", "       ", "1234567", " short  \n", "v".repeat(16 * 1024 + 1))) {
            assertThat(new NewSecret("a", value, List.of("a.example"), "").mistakes())
                    .extracting(Problem.Mistake::path)
                    .as("%d characters", value.length())
                    .isEqualTo(List.of("/value"));
        }
        assertThat(new NewSecret("a", "12345678", List.of(), "").mistakes())
                .extracting(Problem.Mistake::path)
                .isEqualTo(List.of("/hosts"));
        assertThat(wrong.toString()).doesNotContain("sesame");
    }

    @Test
    void value_with_line_breaks_is_kept_and_no_header_carries_it() {
        put(OURS, "pem", "-----BEGIN KEY-----\nsesame-open-up-sesame\n-----END KEY-----");
        put(OURS, "umlaut", "sesam-öffne-dich");

        assertRefused(secrets, OURS, "pem", "contains line breaks or characters that a header cannot contain");
        assertRefused(secrets, OURS, "umlaut", "contains line breaks or characters that a header cannot contain");
        assertThat(secrets.scrubber(OURS).scrub("a sesame-open-up-sesame b")).isEqualTo("a [REDACTED] b");
    }

    @Test
    void master_key_is_read_from_the_setting_or_a_file_or_refused_in_words() throws Exception {
        String key = Base64.getEncoder().encodeToString(master.bytes());
        var file = Files.writeString(folder.resolve("key"), key + "\n");
        var brief = Files.writeString(folder.resolve("short"), "c2hvcnQ=");

        assertThat(MasterKeys.read(new SecretsConfig(key, null, null, null))
                        .current()
                        .id())
                .isEqualTo(master.id());
        assertThat(MasterKeys.read(new SecretsConfig(null, file.toString(), null, null))
                        .current()
                        .id())
                .isEqualTo(master.id());
        assertThat(MasterKeys.read(new SecretsConfig("", " ", null, null)).isThere())
                .isFalse();
        assertThatThrownBy(() -> MasterKeys.read(
                        new SecretsConfig(null, brief.toString(), "not base64", folder.resolve("none") + "")))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.mistakes())
                            .extracting(Problem.Mistake::path)
                            .contains("secrets.master-key-file", "secrets.previous-master-key");
                    assertThat(problem.mistakes().toString()).doesNotContain("c2hvcnQ", "not base64");
                });
        assertThat(new SecretsConfig(key, null, null, null) + "" + master
                        + MasterKeys.read(new SecretsConfig(key, null, null, null)))
                .doesNotContain(key);
    }

    @Test
    void line_of_the_log_loses_values_that_were_opened() {
        put(OURS, "crm-token", "sesame-open-up");
        var log = new ScrubLog();
        var context = new ch.qos.logback.classic.LoggerContext();
        log.setContext(context);
        log.setPattern("%msg%n%ex");
        log.start();
        var event = new ch.qos.logback.classic.spi.LoggingEvent(
                "x",
                context.getLogger("test"),
                ch.qos.logback.classic.Level.WARN,
                "token c2VzYW1lLW9wZW4tdXA= broke",
                new IllegalStateException("sesame-open-up was refused"),
                null);

        ScrubLog.by(secrets::scrubLine);
        try {
            assertThat(log.doLayout(event)).contains("sesame-open-up was refused");
            valueOf(secrets, OURS, "crm-token");
            assertThat(log.doLayout(event))
                    .contains("token [REDACTED]", "[REDACTED] was refused")
                    .doesNotContain("sesame", "c2VzYW1l");
        } finally {
            ScrubLog.by(line -> line);
        }
    }

    @Test
    void tenant_without_secrets_goes_on_while_postgres_is_away() {
        put(THEIRS, "own", "their-own-word");
        assertThat(secrets.scrubber(OURS).isEmpty()).isTrue();
        assertThat(secrets.scrubber(THEIRS).isEmpty()).isFalse();
        secrets.forget();
        database.close();

        assertThat(secrets.scrubber(OURS)).isSameAs(Scrubber.NONE);
        assertThatThrownBy(() -> secrets.scrubber(THEIRS)).isInstanceOf(RuntimeException.class);
    }
}
