package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OPC UA NodeId as text (OPC UA Part 6, 5.3.1.10), with the namespace by URI, since an index
 * changes whenever a server is reconfigured. In the text a {@code ;} of the URI is {@code %3B} and
 * a {@code %} is {@code %25}.
 *
 * @param namespaceUri the namespace's URI; null for the standard namespace or when {@code index} is
 *     given
 * @param index the namespace index where the text gave one ({@code ns=2}); 0 otherwise
 * @param kind one of {@code i s g b}
 * @param identifier the identifier's text
 */
public record NodeAddress(String namespaceUri, int index, char kind, String identifier) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:nsu=(?<uri>[^;]+);|ns=(?<index>\\d{1,5});)?(?<kind>[isgb])=(?<id>.*)",
                    Pattern.DOTALL);
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");

    /** Reads {@code nsu=URI;s=...}, {@code ns=2;s=...} or {@code i=85} (also {@code g= b=}). */
    public static NodeAddress parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches() || match.group("id").isEmpty()) {
            throw malformed(text, "write nsu=URI;s=NAME, or i=NUMBER in the standard namespace");
        }
        char kind = match.group("kind").charAt(0);
        String id = match.group("id");
        switch (kind) {
            case 'i' -> {
                if (!id.matches("\\d{1,10}") || Long.parseLong(id) > 0xFFFF_FFFFL) {
                    throw malformed(text, "i= takes a number up to 4294967295");
                }
            }
            case 'g' -> {
                if (!GUID.matcher(id).matches()) {
                    throw malformed(text, "g= takes a GUID");
                }
            }
            case 'b' -> {
                if (!BASE64.matcher(id).matches()) {
                    throw malformed(text, "b= takes base64");
                }
            }
            default -> {}
        }
        String index = match.group("index");
        int number = index == null ? 0 : Integer.parseInt(index);
        if (number > 0xFFFF) {
            throw malformed(text, "a namespace index is at most 65535");
        }
        return new NodeAddress(unescaped(match.group("uri")), number, kind, id);
    }

    public static boolean isNodeAddress(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether the text names its namespace in a way that survives a reconfigured server. */
    public boolean isPortable() {
        return index == 0;
    }

    /** The text that {@link #parse} reads back. */
    public String text() {
        String namespace = "";
        if (namespaceUri != null) {
            namespace = namespace(namespaceUri);
        } else if (index != 0) {
            namespace = "ns=" + index + ";";
        }
        return namespace + kind + "=" + identifier;
    }

    /** How a node's text begins that lies in this namespace. */
    public static String namespace(String uri) {
        return "nsu=" + uri.replace("%", "%25").replace(";", "%3B") + ";";
    }

    /** Other escapes are the URI's own. */
    private static String unescaped(String uri) {
        return uri == null ? null : uri.replace("%3B", ";").replace("%3b", ";").replace("%25", "%");
    }

    private static MalformedException malformed(String text, String rule) {
        return new MalformedException("'" + text + "' is not an OPC UA node: " + rule);
    }
}
