package io.tributary.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/configuration.md} is made of the options. {@code mvn test -pl job -am
 * -Dtest=ConfigurationPageTest -Dtributary.write-docs=true} writes it.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- options: written by ConfigurationPageTest -->\n";
    private static final String END = "<!-- end of options -->\n";

    @Test
    void thePageListsEveryOptionAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);

        if (Boolean.getBoolean("tributary.write-docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(table());
        }
    }

    @Test
    void everyDeclaredOptionIsInTheList() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : TributaryOptions.class.getFields()) {
            if (field.getType() == ConfigOption.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(declared).isNotEmpty().isEqualTo(TributaryOptions.ALL);
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        table.append("| option | default | meaning |\n|---|---|---|\n");
        Formatter formatter = new HtmlFormatter();
        for (ConfigOption<?> option : TributaryOptions.ALL) {
            table.append("| `")
                    .append(option.key())
                    .append("` | ")
                    .append(defaultOf(option))
                    .append(" | ")
                    .append(formatter.format(option.description()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "";
        }
        return "`" + (value instanceof Duration duration ? text(duration) : text(value)) + "`";
    }

    private static String text(Object value) {
        return value instanceof Enum<?> constant
                ? constant.toString().toLowerCase(Locale.ROOT)
                : value.toString();
    }

    private static String text(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSeconds() % 86_400 == 0) {
            return duration.toDays() + " d";
        }
        return duration.toSeconds() % 60 == 0
                ? duration.toMinutes() + " min"
                : duration.toSeconds() + " s";
    }
}
