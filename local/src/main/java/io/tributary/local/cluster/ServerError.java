package io.tributary.local.cluster;

import io.tributary.job.config.ConfigException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one line that matters in a stack trace that Flink answers with. */
final class ServerError {

    private static final Pattern FRAMES =
            Pattern.compile("\\R\\s+(at |\\.\\.\\. \\d+ more)[^\\n]*");
    private static final Pattern CAUSE = Pattern.compile("\\R?Caused by: ");
    private static final Pattern CLASS_NAME = Pattern.compile("^([\\w$]+\\.)+([\\w$]+): (.*)", 32);

    private ServerError() {}

    /**
     * @param trace what a Java exception prints, possibly with text before and after
     * @return our own complaint if there is one, else the innermost cause
     */
    static String reason(String trace) {
        List<String> causes = CAUSE.splitAsStream(FRAMES.matcher(trace).replaceAll("")).toList();
        return causes.stream()
                .filter(cause -> cause.startsWith(ConfigException.class.getName()))
                .findFirst()
                .map(ServerError::message)
                .orElseGet(() -> shortened(causes.get(causes.size() - 1)));
    }

    private static String message(String cause) {
        Matcher named = CLASS_NAME.matcher(end(cause));
        return named.matches() ? named.group(3) : end(cause);
    }

    private static String shortened(String cause) {
        Matcher named = CLASS_NAME.matcher(end(cause));
        return named.matches() ? named.group(2) + ": " + named.group(3) : end(cause);
    }

    private static String end(String cause) {
        return cause.replace("End of exception on server side>", "").strip();
    }
}
