package io.fieldloom.engine.traffic;

import java.util.Arrays;

/**
 * The texts of topic levels, packed into byte pages: one byte a character where all of them are
 * Latin-1, else two, behind a length of one to three bytes. A name is an int, and costs no object.
 */
final class LevelNames {
    private static final int BITS = 20;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;

    private byte[][] pages = new byte[4][];
    private int count;
    private int free = SIZE; // within the last page; there is none yet

    /** Keeps one level of a topic. */
    int add(String topic, int from, int to) {
        boolean wide = false;
        for (int at = from; at < to && !wide; at++) {
            wide = topic.charAt(at) > 0xff;
        }
        int length = to - from;
        int head = length << 1 | (wide ? 1 : 0);
        int size = (head < 0x80 ? 1 : head < 0x4000 ? 2 : 3) + (wide ? 2 * length : length);
        if (free + size > SIZE) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new byte[SIZE];
            free = 0;
        }
        byte[] page = pages[count - 1];
        int name = count - 1 << BITS | free;
        int put = free;
        while (head >= 0x80) {
            page[put++] = (byte) (head | 0x80);
            head >>>= 7;
        }
        page[put++] = (byte) head;
        for (int at = from; at < to; at++) {
            char c = topic.charAt(at);
            if (wide) {
                page[put++] = (byte) (c >>> 8);
            }
            page[put++] = (byte) c;
        }
        free = put;
        return name;
    }

    private static int headSize(byte[] page, int at) {
        return page[at] >= 0 ? 1 : page[at + 1] >= 0 ? 2 : 3;
    }

    private static int head(byte[] page, int at) {
        int head = page[at] & 0x7f;
        for (int shift = 7; page[at] < 0; shift += 7) {
            at++;
            head |= (page[at] & 0x7f) << shift;
        }
        return head;
    }

    private static char charAt(byte[] page, int text, boolean wide, int index) {
        return wide
                ? (char) ((page[text + 2 * index] & 0xff) << 8 | page[text + 2 * index + 1] & 0xff)
                : (char) (page[text + index] & 0xff);
    }

    /** Whether a name is one level of a topic. */
    boolean equals(int name, String topic, int from, int to) {
        byte[] page = pages[name >>> BITS];
        int at = name & MASK;
        int head = head(page, at);
        if (head >>> 1 != to - from) {
            return false;
        }
        boolean wide = (head & 1) != 0;
        int text = at + headSize(page, at);
        for (int index = 0; index < to - from; index++) {
            if (charAt(page, text, wide, index) != topic.charAt(from + index)) {
                return false;
            }
        }
        return true;
    }

    /** The order of {@link String#compareTo}. */
    int compare(int one, int other) {
        byte[] page1 = pages[one >>> BITS];
        byte[] page2 = pages[other >>> BITS];
        int head1 = head(page1, one & MASK);
        int head2 = head(page2, other & MASK);
        int text1 = (one & MASK) + headSize(page1, one & MASK);
        int text2 = (other & MASK) + headSize(page2, other & MASK);
        int common = Math.min(head1 >>> 1, head2 >>> 1);
        for (int index = 0; index < common; index++) {
            char c1 = charAt(page1, text1, (head1 & 1) != 0, index);
            char c2 = charAt(page2, text2, (head2 & 1) != 0, index);
            if (c1 != c2) {
                return c1 - c2;
            }
        }
        return (head1 >>> 1) - (head2 >>> 1);
    }

    String text(int name) {
        byte[] page = pages[name >>> BITS];
        int at = name & MASK;
        int head = head(page, at);
        int text = at + headSize(page, at);
        char[] chars = new char[head >>> 1];
        for (int index = 0; index < chars.length; index++) {
            chars[index] = charAt(page, text, (head & 1) != 0, index);
        }
        return new String(chars);
    }
}
