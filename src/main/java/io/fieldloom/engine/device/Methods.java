package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Capability: the device has methods. The caller confirms and keeps the audit. */
public interface Methods {
    /** What a method takes and gives. Fails with BAD_ADDRESS where there is no such method. */
    CompletionStage<Method> method(String address);

    /**
     * Makes the arguments from text, one text each, as {@link Writes#parse} does; an array is
     * written {@code [1, 2, 3]}. Fails with BAD_ADDRESS where their number, a type or a range does
     * not fit, naming the argument.
     */
    CompletionStage<List<Value>> parse(Method method, List<String> texts);

    /**
     * Calls it once.
     *
     * @param object the address of the object that it works on
     * @param arguments as {@link #parse} made them
     */
    CompletionStage<Outcome> call(Method method, String object, List<Value> arguments);

    /**
     * One method.
     *
     * @param address as it is stored: it holds after the server was reconfigured
     * @param name its BrowseName without index
     * @param description what the server says about it; may be empty
     * @param executable whether the server says that it may be called, and by this user
     * @param objects the objects that have it; more than one where they share it
     */
    record Method(
            String address,
            String name,
            String description,
            boolean executable,
            List<Owner> objects,
            List<Argument> inputs,
            List<Argument> outputs) {
        public Method {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            objects = List.copyOf(objects);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /** An object that has a method. */
    record Owner(String address, String name) {}

    /**
     * One argument.
     *
     * @param type the type's BrowseName: {@code Double}, {@code MachineState}
     * @param typeAddress the type's address
     * @param rank dimensions as OPC UA counts them: -1 for a single value, 1 for an array
     * @param description what the server says about it; may be empty
     * @param choices the names of an enumeration; empty for other types
     */
    record Argument(
            String name,
            String type,
            String typeAddress,
            int rank,
            String description,
            List<String> choices) {
        public Argument {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(typeAddress, "typeAddress");
            Objects.requireNonNull(description, "description");
            choices = List.copyOf(choices);
        }

        /** {@code Double}, {@code Int32[]}. */
        public String typeText() {
            return type + "[]".repeat(Math.max(0, rank));
        }
    }

    /**
     * What came of a call.
     *
     * @param status the server's answer
     * @param arguments the server's judgement of each input; empty where it gives none
     * @param outputs in the order of the method's; empty where it failed
     */
    record Outcome(Status status, List<Status> arguments, List<Value> outputs) {
        public Outcome {
            Objects.requireNonNull(status, "status");
            arguments = List.copyOf(arguments);
            outputs = List.copyOf(outputs);
        }

        /** {@code BadInvalidArgument (speed: BadOutOfRange)}. */
        public String words(Method method) {
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i).isBad()) {
                    String name =
                            i < method.inputs().size()
                                    ? method.inputs().get(i).name()
                                    : "argument " + (i + 1);
                    faults.add(name + ": " + arguments.get(i).name());
                }
            }
            return faults.isEmpty()
                    ? status.name()
                    : status.name() + " (" + String.join(", ", faults) + ")";
        }
    }
}
