package io.tributary.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final class Shop implements Sweep.Keys {

        private final List<String> names;
        private boolean closed;

        Shop(int customers) {
            names = IntStream.range(0, customers).mapToObj(Integer::toString).toList();
        }

        @Override
        public Iterator<String> iterator() {
            return names.iterator();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final List<String> visited = new ArrayList<>();
    private long nanos;

    private boolean visit(String customer) {
        visited.add(customer);
        return customer.endsWith("0");
    }

    @Test
    void aSliceEndsAfterSoManyCustomers() throws Exception {
        Shop shop = new Shop(Sweep.SLICE_KEYS + 1);
        Sweep sweep = new Sweep(() -> nanos);
        sweep.start(shop);
        sweep.slice(this::visit);
        assertThat(visited).hasSize(Sweep.SLICE_KEYS);
        assertThat(sweep.isRunning()).isTrue();
        sweep.slice(this::visit);
        assertThat(visited).isEqualTo(shop.names);
        assertThat(sweep.isRunning()).isFalse();
        assertThat(shop.closed).isTrue();
        assertThat(sweep.seen()).isEqualTo(501);
        assertThat(sweep.evaluated()).isEqualTo(51);
    }

    @Test
    void aSliceEndsAfterSoMuchTime() throws Exception {
        Sweep sweep = new Sweep(() -> nanos);
        sweep.start(new Shop(100));
        sweep.slice(
                customer -> {
                    nanos += Sweep.SLICE_NANOS / 4;
                    return visit(customer);
                });
        assertThat(visited).containsExactly("0", "1", "2", "3", "4");
        assertThat(sweep.last()).isEqualTo("4");
    }

    @Test
    void aSweepThatIsStartedOverBeginsWithTheFirst() throws Exception {
        Shop first = new Shop(1_000);
        Sweep sweep = new Sweep(() -> nanos);
        sweep.start(first);
        sweep.slice(this::visit);
        sweep.start(new Shop(3));
        visited.clear();
        sweep.slice(this::visit);
        assertThat(first.closed).isTrue();
        assertThat(visited).containsExactly("0", "1", "2");
        assertThat(sweep.seen()).isEqualTo(3);
    }
}
