package dev.wheelhouse.outbound;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are accepted: those that the system trusts, and beside them those of the operator's file.
final class Trust {

    private Trust() {}

    /// Null where the system's trust is all there is.
    ///
    /// @param key the setting that names the file
    static @Nullable SSLContext read(@Nullable String file, String key, List<Problem.Mistake> mistakes) {
        if (file == null || file.isBlank()) {
            return null;
        }
        try {
            var own = certificates(Path.of(file.strip()));
            if (own.isEmpty()) {
                mistakes.add(Problem.Mistake.at(
                        key, "\"%s\" contains no certificate".formatted(file), "Use a PEM file of certificates"));
                return null;
            }
            return context(own);
        } catch (IOException | InvalidPathException e) {
            mistakes.add(Problem.Mistake.at(
                    key,
                    "\"%s\" cannot be read".formatted(file),
                    "Correct the path, or make the file readable for the process"));
        } catch (CertificateException e) {
            mistakes.add(Problem.Mistake.at(
                    key,
                    "\"%s\" contains something that is not a certificate".formatted(file),
                    "Use a PEM file that starts with -----BEGIN CERTIFICATE-----"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java can hold certificates", e);
        }
        return null;
    }

    /// Makes system and own the trust store of the JVM, which reads one from a file only. It has no password, because
    /// nothing in it is secret. What is wrong with the file is told by [#read], with all other mistakes.
    static void everywhere(@Nullable String file) {
        if (file == null || read(file, "", new ArrayList<>()) == null) {
            return;
        }
        try {
            var store = Files.createTempFile("wheelhouse-trust-", ".p12");
            store.toFile().deleteOnExit();
            try (var out = Files.newOutputStream(store)) {
                together(certificates(Path.of(file.strip()))).store(out, null);
            }
            System.setProperty("javax.net.ssl.trustStore", store.toString());
            System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        } catch (IOException e) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The authorities of outbound.ca-bundle cannot be written to a temporary file: %s".formatted(e),
                    "Let the process write to its temporary folder, or name another by -Djava.io.tmpdir in JAVA_OPTS");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java can hold certificates", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        }
    }

    private static SSLContext context(Collection<? extends Certificate> own)
            throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers(together(own)), null);
        return context;
    }

    private static KeyStore together(Collection<? extends Certificate> own)
            throws GeneralSecurityException, IOException {
        var all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        int number = 0;
        for (var certificate : system()) {
            all.setCertificateEntry("system-" + number++, certificate);
        }
        for (var certificate : own) {
            all.setCertificateEntry("own-" + number++, certificate);
        }
        return all;
    }

    private static Certificate[] system() throws GeneralSecurityException {
        for (var manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                return known.getAcceptedIssuers();
            }
        }
        return new Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
