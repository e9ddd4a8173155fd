package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** The whole numbers that registers of a type hold, and what they are in a tag's own unit. Pure. */
public record WholeRange(BigInteger least, BigInteger most) {

    /** The range of a type; empty where it holds no whole numbers alone. */
    public static Optional<WholeRange> of(Type type) {
        return Optional.ofNullable(
                switch (type) {
                    case UINT16 -> range(0, 0xFFFF);
                    case INT16 -> range(Short.MIN_VALUE, Short.MAX_VALUE);
                    case UINT32 -> range(0, 0xFFFF_FFFFL);
                    case INT32 -> range(Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case UINT64 -> bits(64);
                    case INT64 -> range(Long.MIN_VALUE, Long.MAX_VALUE);
                    case BCD16 -> range(0, 9_999);
                    case BCD32 -> range(0, 99_999_999);
                    case BOOL, FLOAT32, FLOAT64, STRING -> null;
                });
    }

    /** The range of the registers of a tag; empty where they hold other things than numbers. */
    public static Optional<WholeRange> of(TagSpec tag) {
        try {
            return of(ModbusAddress.parse(tag.address()).type());
        } catch (MalformedException e) {
            return Optional.empty(); // another protocol's address
        }
    }

    private static WholeRange range(long least, long most) {
        return new WholeRange(BigInteger.valueOf(least), BigInteger.valueOf(most));
    }

    private static WholeRange bits(int bits) {
        return new WholeRange(
                BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    public boolean holds(BigInteger number) {
        return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
    }

    /** {@code 0 to 65535}. */
    public String words() {
        return least + " to " + most;
    }

    /** The same in the tag's own unit: {@code 0 to 6553.5}. */
    public String words(TagSpec tag) {
        BigDecimal one = own(least, tag);
        BigDecimal other = own(most, tag);
        return text(one.min(other)) + " to " + text(one.max(other));
    }

    /**
     * Why a value of the tag cannot be written, in its own unit; empty where it can.
     *
     * @param raw what the registers would get
     */
    public Optional<String> fault(BigDecimal raw, TagSpec tag) {
        BigInteger below = raw.setScale(0, RoundingMode.FLOOR).toBigInteger();
        boolean whole = raw.stripTrailingZeros().scale() <= 0;
        if (!holds(below) || !whole && !holds(below.add(BigInteger.ONE))) {
            return Optional.of(tag.name() + " takes " + words(tag) + unit(tag));
        }
        return whole
                ? Optional.empty()
                : Optional.of(
                        tag.name()
                                + " goes in steps of "
                                + text(tag.scale().abs())
                                + unit(tag)
                                + ": write "
                                + text(own(below, tag))
                                + " or "
                                + text(own(below.add(BigInteger.ONE), tag)));
    }

    private static String unit(TagSpec tag) {
        return tag.unit() == null ? "" : " " + tag.unit();
    }

    private static BigDecimal own(BigInteger raw, TagSpec tag) {
        return new BigDecimal(raw).multiply(tag.scale()).add(tag.offset());
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
