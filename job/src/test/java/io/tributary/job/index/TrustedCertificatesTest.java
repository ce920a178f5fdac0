package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {

    private static final String PASSWORD = "changeit";

    @TempDir Path folder;
    private HttpsServer server;

    @BeforeEach
    void startsAServerWithACertificateOfItsOwn() throws Exception {
        keytool(
                "-genkeypair -alias server -keyalg EC -dname CN=search -ext san=ip:127.0.0.1"
                        + " -storetype PKCS12 -keystore server.p12 -storepass "
                        + PASSWORD);
        keytool(
                "-exportcert -rfc -alias server -file ca.pem -keystore server.p12 -storepass "
                        + PASSWORD);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopsIt() {
        server.stop(0);
    }

    @Test
    void aCertificateOfTheFileIsTrusted() throws Exception {
        Map<String, String> trusting =
                Map.of("elasticsearch.ca-certificate", folder.resolve("ca.pem").toString());

        assertThat(ask("127.0.0.1", trusting)).isEqualTo(200);
    }

    @Test
    void anyOtherCertificateIsNot() {
        assertThatThrownBy(() -> ask("127.0.0.1", Map.of()))
                .hasCauseInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aTrustedCertificateForAnotherHostIsNotEnough() {
        Map<String, String> trusting =
                Map.of("elasticsearch.ca-certificate", folder.resolve("ca.pem").toString());

        assertThatThrownBy(() -> ask("localhost", trusting))
                .hasCauseInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        assertThatThrownBy(() -> TrustedCertificates.sslContext(empty.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("no certificate in " + empty);
    }

    private int ask(String host, Map<String, String> more) throws Exception {
        Map<String, String> options = new HashMap<>(more);
        options.put("elasticsearch.urls", "https://" + host + ":" + server.getAddress().getPort());
        return new SearchClient(JobConfig.of(options))
                .send("GET", "/", "application/json", new byte[0])
                .get()
                .status();
    }

    private SSLContext serverContext() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }
}
