package io.fieldloom.domain.connection;

import io.fieldloom.domain.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of a subnet, written as in RFC 4632: {@code 10.0.0.0/24}. Network and broadcast
 * address are left out where the range has more than two.
 *
 * @param first the lowest address as a number
 * @param size how many addresses there are, a power of two
 */
public record AddressRange(long first, int size) {
    /** A search of more would take hours and look like an attack. */
    public static final int LARGEST = 4096;

    private static final Pattern CIDR =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    /** Whether a text is meant as a subnet and not as a host. */
    public static boolean isRange(String text) {
        return text.contains("/") && !text.contains("://");
    }

    /** Reads a subnet; the bits of the host part need not be zero. */
    public static AddressRange parse(String text) {
        Matcher match = CIDR.matcher(text);
        if (!match.matches()) {
            throw malformed(text, "write the first address and the bits, such as 10.0.0.0/24");
        }
        long address = 0;
        for (int group = 1; group <= 4; group++) {
            int part = Integer.parseInt(match.group(group));
            if (part > 255) {
                throw malformed(text, part + " is no part of an address");
            }
            address = address << 8 | part;
        }
        int bits = Integer.parseInt(match.group(5));
        if (bits > 32) {
            throw malformed(text, "an address has 32 bits");
        }
        if (bits < 20) {
            throw malformed(text, "it has more than " + LARGEST + " addresses; take a part of it");
        }
        int size = 1 << (32 - bits);
        return new AddressRange(address & -size & 0xFFFF_FFFFL, size);
    }

    /** The addresses of hosts, in order. */
    public List<String> hosts() {
        boolean hasBroadcast = size > 2;
        List<String> hosts = new ArrayList<>(size);
        for (int i = hasBroadcast ? 1 : 0; i < (hasBroadcast ? size - 1 : size); i++) {
            long address = first + i;
            hosts.add(
                    (address >> 24 & 255)
                            + "."
                            + (address >> 16 & 255)
                            + "."
                            + (address >> 8 & 255)
                            + "."
                            + (address & 255));
        }
        return hosts;
    }

    private static MalformedException malformed(String text, String rule) {
        return new MalformedException("'" + text + "' is not a subnet: " + rule);
    }
}
