package dev.wheelhouse.outbound;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/// Says what clients of the JDK's, as drivers and libraries use them, get from a server: `TrustingProcess BUNDLE URL`.
final class TrustingProcess {

    private TrustingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Outbound.trustEverywhere(arguments[0]);
        var url = URI.create(arguments[1]);
        int byClient = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        int byUrl = ((HttpURLConnection) url.toURL().openConnection()).getResponseCode();
        // A context that is made anew, as Netty and Apache's client make theirs.
        var context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLSocketFactory sockets = context.getSocketFactory();
        try (var socket = (javax.net.ssl.SSLSocket) sockets.createSocket(url.getHost(), url.getPort())) {
            socket.startHandshake();
        }
        System.out.printf("HttpClient %d, URL %d, TLS ok%n", byClient, byUrl);
    }
}
