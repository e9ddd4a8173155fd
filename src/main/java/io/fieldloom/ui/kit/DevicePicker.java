package io.fieldloom.ui.kit;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.scene.control.ComboBox;

/**
 * Chooses one of the project's devices. It follows the device that is chosen elsewhere in the
 * window, until a person chooses another one here. FX thread only.
 */
public final class DevicePicker extends ComboBox<String> {
    private static final double WIDTH = 150;

    private final Supplier<Project> project;
    private final Predicate<Device> suits;
    private final Supplier<Optional<String>> elsewhere;
    private Project shown;
    private boolean held;
    private Optional<String> followed = Optional.empty();

    /**
     * @param project the open project, now
     * @param suits which devices can be chosen
     * @param elsewhere the device that is chosen in Devices, now
     */
    public DevicePicker(
            Supplier<Project> project,
            Predicate<Device> suits,
            Supplier<Optional<String>> elsewhere) {
        this.project = project;
        this.suits = suits;
        this.elsewhere = elsewhere;
        setAccessibleText("Device");
        setPromptText("no device");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        pull();
    }

    /**
     * Follows the project and the choice elsewhere; called on the feature's beat while it shows.
     */
    public void pull() {
        Project now = project.get();
        if (now != shown) {
            shown = now;
            List<String> names =
                    now.devices().values().stream().filter(suits).map(Device::name).toList();
            if (!names.equals(getItems())) {
                String before = getValue();
                getItems().setAll(names);
                setValue(names.contains(before) ? before : names.stream().findFirst().orElse(null));
            }
        }
        Optional<String> chosen = elsewhere.get().filter(getItems()::contains);
        if (!chosen.equals(followed)) {
            followed = chosen;
            chosen.filter(name -> !held).ifPresent(this::setValue);
        }
    }

    /** Whether it stays with its device, whatever is chosen elsewhere meanwhile. */
    public void hold(boolean stays) {
        held = stays;
    }

    /** The chosen device as the project has it now. */
    public Optional<Device> device() {
        return Optional.ofNullable(getValue()).map(name -> project.get().devices().get(name));
    }
}
