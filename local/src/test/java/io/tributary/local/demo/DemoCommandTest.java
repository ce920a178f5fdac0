package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--speed=0.5, --speed must be at least 1",
        "--speed=NaN, --speed must be at least 1",
        "--for=60, is no time such as 60s or 5m",
        "--for=0s, --for must be at least 1s",
        "--customers=0, --customers must be at least 1",
        "--events=0, --events must be at least 1",
        "--port=70000, --port must be between 0 and 65535",
        "--metrics-port=0, --metrics-port must be between 1 and 65535"
    })
    void badInputIsNamedAndStartsNothing(String argument, String said) {
        StringWriter err = new StringWriter();

        int status =
                new CommandLine(new DemoCommand()).setErr(new PrintWriter(err)).execute(argument);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @ParameterizedTest
    @CsvSource({"--port, the dashboard", "--metrics-port, Flink's reporter"})
    void aTakenPortIsToldInOneLineAndStartsNoProcess(String option, String server)
            throws Exception {
        StringWriter err = new StringWriter();
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            int status =
                    new CommandLine(new DemoCommand())
                            .setOut(new PrintWriter(new StringWriter()))
                            .setErr(new PrintWriter(err))
                            .execute(option + "=" + port);

            assertThat(status).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo(
                            "tributary demo: %s cannot listen on port %d; choose another with %s\n"
                                    .formatted(server, port, option));
            assertThat(ProcessHandle.current().descendants()).hasSameElementsAs(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "5m, PT5M", "1h, PT1H"})
    void aTimeHasAUnit(String text, String duration) {
        assertThat(Stream.of(text).map(new DemoCommand.TimeSpan()::convert).toList())
                .asString()
                .isEqualTo("[" + duration + "]");
    }
}
