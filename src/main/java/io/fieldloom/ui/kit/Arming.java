package io.fieldloom.ui.kit;

import io.fieldloom.engine.device.ArmedDevices;
import java.util.Objects;

/** The question before anything can be changed on a device. FX thread only. */
public final class Arming {
    private final Dialogs dialogs;
    private final ArmedDevices armed;

    public Arming(Dialogs dialogs, ArmedDevices armed) {
        this.dialogs = Objects.requireNonNull(dialogs, "dialogs");
        this.armed = Objects.requireNonNull(armed, "armed");
    }

    /** Goes on at once with a device that is armed, else after a person has armed it. */
    public void armed(String device, Runnable then) {
        if (armed.isArmed(device)) {
            then.run();
        } else {
            ask(device, then);
        }
    }

    /** Arms a device once a person has agreed. */
    public void ask(String device, Runnable then) {
        dialogs.confirm(
                "Arm writing on " + device + "?",
                device
                        + " is read-only. Once it is armed, values can be written to it, its"
                        + " methods called and its alarms answered until you disarm it or close"
                        + " the window. Each still asks, and is kept in the audit log.",
                "Arm " + device,
                true,
                () -> {
                    armed.arm(device);
                    then.run();
                });
    }
}
