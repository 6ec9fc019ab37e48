import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/// Runs statements on a DATABASE_URL and prints the rows, because the small Postgres brings no psql:
/// `java -cp postgresql.jar scripts/Sql.java DATABASE_URL "SELECT …" …`
class Sql {

    public static void main(String[] arguments) throws SQLException {
        var url = URI.create(arguments[0]);
        var login = url.getUserInfo().split(":", 2);
        var address = "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
        try (var connection = DriverManager.getConnection(address, login[0], login[1]);
                var statement = connection.createStatement()) {
            for (int i = 1; i < arguments.length; i++) {
                if (!statement.execute(arguments[i])) {
                    continue;
                }
                var rows = statement.getResultSet();
                while (rows.next()) {
                    var cells = new ArrayList<String>();
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        cells.add(rows.getString(column));
                    }
                    System.out.println(String.join("\t", cells));
                }
            }
        }
    }
}
