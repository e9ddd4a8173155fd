package io.fieldloom.domain.connection;

import io.fieldloom.domain.MalformedException;
import java.util.List;

/**
 * An OPC UA security choice, written {@code POLICY/MODE}: {@code Basic256Sha256/SignAndEncrypt}.
 *
 * @param policy the policy's short name, as in the last part of its URI
 * @param mode {@code None}, {@code Sign} or {@code SignAndEncrypt}
 */
public record Security(String policy, String mode) {
    public static final Security NONE = new Security("None", "None");

    public static final List<String> POLICIES =
            List.of("None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss");
    public static final List<String> MODES = List.of("None", "Sign", "SignAndEncrypt");

    public static Security parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !POLICIES.contains(parts[0]) || !MODES.contains(parts[1])) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' is not a security choice: write POLICY/MODE with POLICY "
                            + String.join(", ", POLICIES)
                            + " and MODE "
                            + String.join(", ", MODES));
        }
        if (parts[0].equals("None") != parts[1].equals("None")) {
            throw new MalformedException(
                    "'" + text + "' is not a security choice: policy None goes with mode None");
        }
        return new Security(parts[0], parts[1]);
    }

    public boolean isNone() {
        return policy.equals("None");
    }

    public String text() {
        return policy + "/" + mode;
    }
}
