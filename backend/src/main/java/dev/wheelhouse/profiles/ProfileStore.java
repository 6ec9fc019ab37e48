package dev.wheelhouse.profiles;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The trail of profiles.
@Singleton
final class ProfileStore {

    private final Database database;
    private final ProfileRepository profiles;

    ProfileStore(Database database, ProfileRepository profiles) {
        this.database = database;
        this.profiles = profiles;
    }

    /// Writes down that one begins; empty while another is recorded. One whose replica went away is over after a while.
    Optional<UUID> begin(TenantId tenant, String askedBy, int seconds) {
        var id = Ids.next();
        database.asEngine(profiles::endLeft);
        int begun = database.asEngine(() -> profiles.begin(tenant.name(), id, askedBy, database.replica(), seconds));
        return begun == 1 ? Optional.of(id) : Optional.empty();
    }

    /// @param bytes of the page, 0 where there is none
    void end(UUID id, int bytes) {
        database.asEngine(() -> profiles.end(id, bytes));
    }

    /// The last first.
    List<Profile> latest(int most) {
        return database.asEngine(() -> profiles.latest(most));
    }
}
