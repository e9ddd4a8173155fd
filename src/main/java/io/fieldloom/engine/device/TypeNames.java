package io.fieldloom.engine.device;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Capability: the protocol's type names of addresses, as {@code read --json} shows them. */
public interface TypeNames {
    /** One name for each address; null where it is not known. */
    CompletionStage<List<String>> typeNames(List<String> addresses);
}
