package dev.wheelhouse.documents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/// The bytes of documents, of which one part is in memory at a time.
@Singleton
public final class DocumentBytes {

    /// The size of a part.
    public static final int PART = 256 * 1024;

    private final Database database;
    private final BytesRepository parts;

    DocumentBytes(Database database, BytesRepository parts) {
        this.database = database;
        this.parts = parts;
    }

    /// Writes bytes as parts; those that are there are replaced.
    ///
    /// @param first the number of the first part
    public void store(TenantId tenant, UUID document, int first, byte[] bytes) {
        for (int from = 0, part = first; from < bytes.length; from += PART, part++) {
            int number = part;
            byte[] some = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART));
            database.as(tenant, () -> parts.add(document, number, some));
        }
    }

    /// All of them, with one statement.
    void addAll(TenantId tenant, UUID document, byte[] bytes) {
        database.as(tenant, () -> parts.addAll(document, PART, bytes));
    }

    public InputStream open(TenantId tenant, UUID document) {
        return new StoredBytes(
                part -> database.as(tenant, () -> parts.find(document, part)).map(BytesRepository.Part::bytes));
    }

    /// How many are here.
    public long count(TenantId tenant, UUID document) {
        return database.as(tenant, () -> parts.count(document));
    }

    /// SHA-256 of all of them.
    public byte[] hash(TenantId tenant, UUID document) {
        try (var bytes = open(tenant, document)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[PART];
            for (int read = bytes.read(some, 0, some.length); read > 0; read = bytes.read(some, 0, some.length)) {
                digest.update(some, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
