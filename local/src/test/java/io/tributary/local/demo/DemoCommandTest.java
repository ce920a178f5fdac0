package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        "--port=70000, --port must be between 0 and 65535"
    })
    void badInputIsNamedAndStartsNothing(String argument, String said) {
        StringWriter err = new StringWriter();

        int status =
                new CommandLine(new DemoCommand()).setErr(new PrintWriter(err)).execute(argument);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "5m, PT5M", "1h, PT1H"})
    void aTimeHasAUnit(String text, String duration) {
        assertThat(Stream.of(text).map(new DemoCommand.TimeSpan()::convert).toList())
                .asString()
                .isEqualTo("[" + duration + "]");
    }
}
