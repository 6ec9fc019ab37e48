package dev.wheelhouse.chaos;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// D15. Everything that can be wrong when a replica starts. It waits, or it exits, and says in one line which setting
/// or right is missing; never is it half there.
final class StartOrder implements Experiment {

    private static final Pattern LINE = Pattern.compile("(?m)^\\S+ (WARN|ERROR) +(Application|Database): .*$");

    private final List<String> told = new ArrayList<>();
    private int cases;
    private int wrong;

    @Override
    public String name() {
        return "D15";
    }

    @Override
    public String title() {
        return "start order";
    }

    @Override
    public Figures run(World world) throws Exception {
        var cases = new StartOrder();
        world.postgres();
        cases.postgresComesLater(world);
        cases.postgresIsAwayForLong(world);
        cases.waits(
                world,
                "wrong password",
                "DATABASE_URL.*DATABASE_PASSWORD",
                url(world, "wheelhouse").replaceFirst(":[^:@/]+@", ":wrong@"));
        cases.waits(world, "wrong database name", "\"nowhere\".*DATABASE_URL", url(world, "nowhere"));
        cases.waits(
                world,
                "TLS wanted, none there",
                "DATABASE_URL \\(sslmode\\)",
                url(world, "wheelhouse?sslmode=require"));
        cases.tlsRequired(world);
        cases.waits(world, "unknown host", "DATABASE_URL", "postgresql://a:b@nowhere.invalid:5432/wheelhouse");
        cases.withoutRights(world);
        cases.schemas(world);
        cases.settings(world);
        cases.portTaken(world);
        cases.twoAtOnce(world);
        world.note("cases.txt", cases.told);
        return new Figures().exactly("cases that went wrong", cases.wrong, 0).atLeast("cases", cases.cases, "", 12);
    }

    private static String url(World world, String database) {
        return world.postgres().url().replaceFirst("/wheelhouse$", "/" + database);
    }

    private void tell(String what, boolean isRight, String how) {
        cases++;
        wrong += isRight ? 0 : 1;
        told.add("%s %s: %s".formatted(isRight ? "right" : "WRONG", what, how));
    }

    private void postgresComesLater(World world) throws Exception {
        world.postgres().stopAtOnce();
        var replica = world.replica(Map.of()).start();
        String line = waitsFor(replica, "DATABASE_URL");
        boolean half = isHalfThere(world, replica);
        world.postgres().start();
        boolean ready = World.await(Duration.ofSeconds(15), () -> replica.status("/ready") == 200);
        tell("backend before Postgres", !line.isEmpty() && !half && ready, line);
        replica.kill();
    }

    private void postgresIsAwayForLong(World world) throws Exception {
        var replica = world.replica(Map.of()).start().awaitReady();
        world.postgres().stopAtOnce();
        boolean off = World.await(Duration.ofSeconds(5), () -> replica.status("/ready") == 503);
        TimeUnit.SECONDS.sleep(world.size().of(5, 45));
        boolean alive = replica.status("/health") == 200 && !isHalfThere(world, replica);
        world.postgres().start();
        boolean back = World.await(Duration.ofSeconds(10), () -> replica.status("/ready") == 200);
        tell("Postgres away for long", off && alive && back, "off %s, alive %s, back %s".formatted(off, alive, back));
        replica.kill();
    }

    /// A replica that waits says why, once, is alive, and refuses requests in order.
    private void waits(World world, String what, String said, String url) throws Exception {
        var replica = world.replica(Map.of("DATABASE_URL", url)).start();
        String line = waitsFor(replica, said);
        boolean half = isHalfThere(world, replica);
        long lines = lines(replica).size();
        tell(what, !line.isEmpty() && !half && lines == 1 && replica.isAlive(), line + " (" + lines + " lines)");
        replica.kill();
    }

    /// A replica that exits says why and leaves nothing that listens.
    private void exits(World world, String what, String said, Map<String, String> settings) throws Exception {
        var replica = world.replica(settings).start();
        int code = replica.awaitEnd(Duration.ofSeconds(60));
        String all = Files.readString(replica.log());
        boolean isSaid = Pattern.compile(said).matcher(all).find();
        boolean isShort = !all.contains("\tat ") && lines(replica).size() <= 2;
        tell(what, code != 0 && isSaid && isShort, "exit %d, %s".formatted(code, String.join(" | ", lines(replica))));
    }

    private static String waitsFor(Replica replica, String said) throws InterruptedException {
        var pattern = Pattern.compile(said);
        var found = new String[] {""};
        World.await(Duration.ofSeconds(60), () -> {
            lines(replica).stream()
                    .filter(line -> pattern.matcher(line).find())
                    .findFirst()
                    .ifPresent(l -> found[0] = l);
            return !found[0].isEmpty() && replica.status("/health") == 200;
        });
        return found[0];
    }

    private static List<String> lines(Replica replica) {
        try {
            return LINE.matcher(Files.readString(replica.log()))
                    .results()
                    .map(r -> r.group())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Alive, not ready, and a request is refused with 503: anything else is half.
    private static boolean isHalfThere(World world, Replica replica) throws InterruptedException {
        var visitor = new Visitor(replica.url());
        int status = visitor.ask("POST", "/api/v1/agents/assistant/runs", "{\"input\":\"hello\"}");
        world.note("half-" + replica.number() + ".txt", visitor.complaints());
        return replica.status("/health") != 200
                || replica.status("/ready") != 503
                || status != 503
                || visitor.unexplained() > 0;
    }

    private void tlsRequired(World world) throws Exception {
        world.postgres().execute("CREATE DATABASE tlsonly");
        var hba = world.postgres().folder().resolve("cluster/pg_hba.conf");
        Files.writeString(hba, "hostnossl tlsonly all all reject\n" + Files.readString(hba), StandardOpenOption.WRITE);
        world.postgres().execute("SELECT pg_reload_conf()");
        TimeUnit.SECONDS.sleep(1);
        waits(world, "TLS required, none offered", "DATABASE_URL.*pg_hba.conf", url(world, "tlsonly?sslmode=disable"));
    }

    private void withoutRights(World world) throws Exception {
        world.postgres().execute("CREATE ROLE poor LOGIN PASSWORD 'poor'");
        String poor = url(world, "wheelhouse").replaceFirst("//[^@]+@", "//poor:poor@");
        waits(world, "role without rights", "may not make the role.*DATABASE_URL", poor);
        world.postgres().execute("CREATE ROLE guest LOGIN CREATEROLE PASSWORD 'guest'");
        world.postgres().execute("CREATE DATABASE others");
        String some = url(world, "others").replaceFirst("//[^@]+@", "//guest:guest@");
        waits(world, "role without rights to the schema", "lacks rights.*DATABASE_URL", some);
    }

    private void schemas(World world) throws Exception {
        world.postgres().execute("CREATE DATABASE newer");
        world.postgres().execute("CREATE DATABASE half");
        killedWhileMigrating(world);
        var replica = world.replica(Map.of("DATABASE_URL", url(world, "newer")))
                .start()
                .awaitReady();
        replica.kill();
        String row = "INSERT INTO flyway_schema_history SELECT max(installed_rank) + 1, '900', '%s', 'SQL', 'V.sql', 1,"
                + " 'x', now(), 1, %s FROM flyway_schema_history";
        in(url(world, "newer"), row.formatted("contract runs", "true"));
        waits(world, "schema newer than the code", "newer than this program", url(world, "newer"));
        in(url(world, "newer"), "UPDATE flyway_schema_history SET description = 'add a column' WHERE version = '900'");
        var beside = world.replica(Map.of("DATABASE_URL", url(world, "newer")))
                .start()
                .awaitReady();
        tell("schema newer, nothing taken away", beside.status("/ready") == 200, "serves beside the newer version");
        beside.kill();
        in(url(world, "newer"), "DELETE FROM flyway_schema_history WHERE version = '900'");
        in(
                url(world, "newer"),
                "UPDATE flyway_schema_history SET success = false WHERE installed_rank ="
                        + " (SELECT max(installed_rank) FROM flyway_schema_history)");
        waits(world, "half-migrated, by hand", "schema.*flyway_schema_history", url(world, "newer"));
    }

    private void killedWhileMigrating(World world) throws Exception {
        String url = url(world, "half");
        var first = world.replica(Map.of("DATABASE_URL", url)).start();
        World.await(Duration.ofSeconds(30), () -> !applied(url).isEmpty());
        first.kill();
        int before = applied(url).size();
        var second = world.replica(Map.of("DATABASE_URL", url)).start().awaitReady();
        tell(
                "killed while migrating",
                second.status("/ready") == 200,
                before + " then " + applied(url).size());
        second.kill();
    }

    private static List<String> applied(String url) {
        try (var connection = DriverManager.getConnection(jdbc(url), user(url)[0], user(url)[1]);
                var rows = connection.createStatement().executeQuery("SELECT version FROM flyway_schema_history")) {
            var versions = new ArrayList<String>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return versions;
        } catch (SQLException e) {
            return List.of();
        }
    }

    private static void in(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc(url), user(url)[0], user(url)[1]);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String jdbc(String url) {
        return "jdbc:postgresql://" + url.substring(url.indexOf('@') + 1);
    }

    private static String[] user(String url) {
        return url.substring("postgresql://".length(), url.indexOf('@')).split(":");
    }

    private void settings(World world) throws Exception {
        Path file = world.folder().resolve("settings.yaml");
        exits(
                world,
                "settings file that is not there",
                "WHEELHOUSE_CONFIG",
                Map.of("WHEELHOUSE_CONFIG", world.folder() + "/none.yaml"));
        Files.writeString(file, "runs:\n  lease: [8s\n");
        exits(
                world,
                "settings file that is no YAML",
                "WHEELHOUSE_CONFIG",
                Map.of("WHEELHOUSE_CONFIG", file.toString()));
        Files.writeString(file, "runs:\n  leese: 8s\n");
        exits(
                world,
                "unknown setting",
                "runs.leese.*Did you mean \"lease\"",
                Map.of("WHEELHOUSE_CONFIG", file.toString()));
        exits(world, "value that is none", "runs.lease: \"soon\"", Map.of("RUNS_LEASE", "soon"));
        exits(world, "no database named", "DATABASE_URL is not set", Map.of("DATABASE_URL", ""));
        exits(world, "bootstrap key that is none", "AUTH_BOOTSTRAP_KEY", Map.of("AUTH_BOOTSTRAP_KEY", "letmein"));
    }

    private void portTaken(World world) throws Exception {
        try (var taken = new ServerSocket(0)) {
            exits(world, "port taken", "PORT", Map.of("PORT", "" + taken.getLocalPort()));
        }
    }

    private void twoAtOnce(World world) throws Exception {
        world.postgres().execute("CREATE DATABASE fresh");
        var one = world.replica(Map.of("DATABASE_URL", url(world, "fresh"))).start();
        var two = world.replica(Map.of("DATABASE_URL", url(world, "fresh"))).start();
        one.awaitReady();
        two.awaitReady();
        boolean isWhole = applied(url(world, "fresh")).equals(applied(url(world, "half")));
        tell("two at once on an empty database", isWhole, "both ready");
        one.kill();
        two.kill();
    }
}
