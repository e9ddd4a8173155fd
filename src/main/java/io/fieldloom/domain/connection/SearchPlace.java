package io.fieldloom.domain.connection;

import io.fieldloom.domain.MalformedException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where devices are looked for: a host, with or without a port, or a subnet.
 *
 * @param hosts names or addresses, in order
 * @param port the only port to ask at; empty for the usual ones
 * @param subnet whether it is a subnet, whose search touches computers nobody named
 */
public record SearchPlace(List<String> hosts, OptionalInt port, boolean subnet) {
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:/?#\\s]+)(?::(\\d{1,5}))?");

    public SearchPlace {
        hosts = List.copyOf(hosts);
    }

    /** Reads {@code plc-1}, {@code 10.0.0.5:4840} or {@code 10.0.0.0/24}. */
    public static SearchPlace parse(String text) {
        if (AddressRange.isRange(text)) {
            return new SearchPlace(AddressRange.parse(text).hosts(), OptionalInt.empty(), true);
        }
        Matcher match = HOST.matcher(text);
        if (!match.matches()) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' is neither a host nor a subnet: write plc-1, 10.0.0.5:4840 or"
                            + " 10.0.0.0/24");
        }
        if (match.group(2) == null) {
            return new SearchPlace(List.of(match.group(1)), OptionalInt.empty(), false);
        }
        int port = Integer.parseInt(match.group(2));
        if (port < 1 || port > 65_535) {
            throw new MalformedException("'" + text + "': a port is 1 to 65535");
        }
        return new SearchPlace(List.of(match.group(1)), OptionalInt.of(port), false);
    }
}
