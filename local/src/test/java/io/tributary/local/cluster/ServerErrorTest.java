package io.tributary.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerErrorTest {

    @Test
    void ourOwnComplaintIsToldWithoutTheTraceAroundIt() {
        assertThat(
                        ServerError.reason(
                                """
                                <Exception on server side:
                                org.apache.flink.util.FlinkRuntimeException: Could not execute
                                \tat org.apache.flink.Some.method(Some.java:1)
                                Caused by: io.tributary.job.config.ConfigException: a.yaml:1:2: no
                                b.yaml:3:4: neither
                                \tat io.tributary.Other.method(Other.java:2)
                                \t... 4 more
                                Caused by: java.io.IOException: gone
                                \tat java.base/java.Third.method(Third.java:3)
                                End of exception on server side>\
                                """))
                .isEqualTo("a.yaml:1:2: no\nb.yaml:3:4: neither");
    }

    @Test
    void otherwiseTheInnermostCauseIsTold() {
        assertThat(
                        ServerError.reason(
                                """
                                a.b.FlinkException: outer
                                \tat a.b.C.d(C.java:1)
                                Caused by: java.lang.IllegalStateException: inner: why
                                \tat a.b.C.e(C.java:2)
                                """))
                .isEqualTo("IllegalStateException: inner: why");
    }

    @Test
    void whatIsNoTraceIsToldAsItIs() {
        assertThat(ServerError.reason("Job 12 not found")).isEqualTo("Job 12 not found");
    }
}
