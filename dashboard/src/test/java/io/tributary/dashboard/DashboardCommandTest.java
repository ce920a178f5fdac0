package io.tributary.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DashboardCommandTest {

    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new DashboardCommand())
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aTakenPortIsToldInOneLineWithStatus1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(execute("--port=" + port)).isEqualTo(1);

            assertThat(err.toString())
                    .matches(
                            "tributary dashboard: cannot listen on 127\\.0\\.0\\.1:"
                                    + port
                                    + ": Address already in use.*\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--elasticsearch=ftp://a, --elasticsearch must be a URL such as http://127.0.0.1:9200",
        "--prefix=A*, --prefix must be the start of an index name",
        "--port=70000, --port must be between 0 and 65535"
    })
    void badInputIsNamedWithStatus2(String argument, String said) {
        assertThat(execute(argument)).isEqualTo(2);
        assertThat(err.toString()).startsWith(said);
    }
}
