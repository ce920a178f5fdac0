package io.tributary.job.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows for people, as wide as what is in them: numbers to the right, words to the left. */
final class Table {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<Object[]> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    /**
     * @param cells one for each head
     */
    void row(Object... cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, heads.toArray());
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    private void append(StringBuilder text, Object[] cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String cell = String.valueOf(cells[column]);
            String room = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(isNumeric(column) ? room + cell : cell + room);
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private int width(int column) {
        return Math.max(
                heads.get(column).length(),
                rows.stream()
                        .mapToInt(row -> String.valueOf(row[column]).length())
                        .max()
                        .orElse(0));
    }

    private boolean isNumeric(int column) {
        return rows.stream().map(Arrays::asList).allMatch(row -> row.get(column) instanceof Number);
    }
}
