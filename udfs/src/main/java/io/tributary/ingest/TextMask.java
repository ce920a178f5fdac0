package io.tributary.ingest;

import java.util.regex.Pattern;

/**
 * Takes e-mail addresses, phone and card numbers out of text that people wrote. It rather masks too
 * much than too little: any run of 7 to 15 digits is taken for a phone number, ISO dates apart.
 */
final class TextMask {

    static final String EMAIL = "[email]";
    static final String PHONE = "[phone]";
    static final String CARD = "[card]";

    /** More digits than a card has: perhaps several numbers in a row. */
    static final String NUMBER = "[number]";

    /** The lengths are bounded so that matching stays linear; %40 is the @ of a URL. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[\\p{L}\\p{N}._%+'-]{1,64}(?:@|%40)[\\p{L}\\p{N}-]{1,63}"
                            + "(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final int PHONE_LEAST = 7;
    private static final int PHONE_MOST = 15;
    private static final int CARD_LEAST = 13;
    private static final int CARD_MOST = 19;

    private TextMask() {}

    /** Everything masked. */
    static String text(String value) {
        return numbers(emails(value));
    }

    /** Only e-mail addresses masked: for codes and URLs, where digits are wanted. */
    static String emails(String value) {
        boolean possible = value.indexOf('@') >= 0 || value.contains("%40");
        return possible ? ADDRESS.matcher(value).replaceAll(EMAIL) : value;
    }

    private static String numbers(String value) {
        StringBuilder out = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            int end = endOfNumber(value, at);
            if (end == at) {
                out.append(value.charAt(at++));
            } else if (isDate(value, at)) {
                out.append(value, at, at + 10);
                at += 10;
            } else {
                out.append(mask(value.substring(at, end)));
                at = end;
            }
        }
        return out.toString();
    }

    /** End of the run of digits that starts here, single separators included; else the start. */
    private static int endOfNumber(String value, int start) {
        char first = value.charAt(start);
        if (!isDigit(first) && first != '+' && first != '(') {
            return start;
        }
        int end = start;
        int separators = 0;
        for (int i = start; i < value.length() && separators <= 2; i++) {
            char c = value.charAt(i);
            if (isDigit(c)) {
                end = i + 1;
                separators = 0;
            } else if (i > start || c == '(' || c == '+') {
                if (" \u00A0()-./".indexOf(c) < 0 && i > start) {
                    break;
                }
                separators++;
            }
        }
        return end;
    }

    private static boolean isDate(String value, int at) {
        return at + 10 <= value.length()
                && DATE.matcher(value).region(at, at + 10).matches()
                && (at + 10 == value.length() || !isDigit(value.charAt(at + 10)));
    }

    private static String mask(String run) {
        String digits =
                run.chars()
                        .filter(Character::isDigit)
                        .map(c -> Character.digit(c, 10))
                        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                        .toString();
        int count = digits.length();
        if (count < PHONE_LEAST) {
            return run;
        }
        if (count >= CARD_LEAST && count <= CARD_MOST && passesLuhn(digits)) {
            return CARD;
        }
        return count <= PHONE_MOST ? PHONE : NUMBER;
    }

    private static boolean isDigit(char c) {
        return Character.isDigit(c);
    }

    /** ISO/IEC 7812-1, annex B. */
    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }
}
