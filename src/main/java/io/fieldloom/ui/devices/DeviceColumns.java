package io.fieldloom.ui.devices;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowShape;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** How rows of the device tree are drawn. */
final class DeviceColumns implements RowShape<TreeRow> {
    private static final double NAME = 124; // mark, a little of the name, and ARMED
    private static final double VALUE = 98;
    private static final double TYPE = 54;

    private final ArmedDevices armed;
    private final Function<String, List<SubscriptionHealth.Stream>> streams;
    private final Consumer<Device> decide;
    private final Clock clock;

    /**
     * @param streams what is known of a device's subscriptions
     * @param decide asks for what a device waits for
     */
    DeviceColumns(
            ArmedDevices armed,
            Function<String, List<SubscriptionHealth.Stream>> streams,
            Consumer<Device> decide,
            Clock clock) {
        this.decide = decide;
        this.armed = armed;
        this.streams = streams;
        this.clock = clock;
    }

    List<Column<TreeRow>> columns() {
        return List.of(
                Column.<TreeRow>text("Tag", 0, this::paintName).least(NAME),
                Column.<TreeRow>number("Value", VALUE, this::paintValue).keep(2),
                Column.<TreeRow>number("Type", TYPE, DeviceColumns::paintType).keep(1));
    }

    private void paintName(TreeRow row, Cell cell) {
        if (row instanceof TreeRow.OfDevice device) {
            paintDevice(device, cell);
        } else if (row instanceof TreeRow.OfNode node) {
            paintNode(node, cell);
        } else if (row instanceof TreeRow.OfMessage message) {
            cell.text(DeviceWords.brief(message)).tone(message.failed() ? Tone.BAD : Tone.DIM);
            if (message.failed()) {
                cell.mark(Mark.WARNING, Tone.BAD)
                        .tip(message.text() + ".\n" + message.advice() + "\n" + action(message));
            }
        }
    }

    private static String action(TreeRow.OfMessage message) {
        if (message.cause() == null) {
            return "Enter tries again.";
        }
        return switch (message.cause()) {
            case UNTRUSTED -> "Enter shows the certificate.";
            case NOT_AUTHORISED, SECURITY -> "Enter opens the device's settings.";
            default -> "Enter tries again.";
        };
    }

    private String explain(TreeRow.OfDevice row) {
        return DeviceWords.explain(row, armed.isArmed(row.name()))
                + DeviceWords.explain(streams.apply(row.name()));
    }

    private void paintDevice(TreeRow.OfDevice row, Cell cell) {
        boolean isArmed = armed.isArmed(row.name());
        cell.text(row.name()).strong().mark(Mark.DOT, DeviceWords.light(row));
        if (isArmed) {
            cell.badge(Badge.alarm("ARMED"));
        }
        String decision = DeviceWords.decision(row);
        if (!decision.isEmpty()) {
            cell.badge(Badge.warning(decision), () -> decide.accept(row.definition()));
        }
        cell.badge(Badge.pill(DeviceWords.protocol(row.definition())));
        cell.tip(explain(row));
    }

    private static void paintNode(TreeRow.OfNode row, Cell cell) {
        if (row.isVariable()) {
            cell.text(row.name())
                    .note(row.place(), DeviceWords.shortPlace(row.place()))
                    .mark(
                            row.mapped() ? Mark.FILLED : Mark.HOLLOW,
                            row.mapped() ? Tone.NORMAL : Tone.DIM);
        } else if (row.isMethod()) {
            cell.text(row.name() + "()").mark(Mark.METHOD, Tone.DIM);
        } else {
            // The server's own branches stand beside the plant's.
            boolean standard = row.item().address().startsWith("i=") && row.depth() > 1;
            cell.text(row.name()).tone(standard ? Tone.DIM : Tone.NORMAL);
        }
        String shown = row.displayName() == null ? row.name() : row.displayName();
        cell.tip(
                shown
                        + "\n"
                        + row.item().address()
                        + (row.item().type() == null ? "" : "\n" + row.item().type())
                        + (row.isVariable() ? row.mapped() ? "\nMapped" : "\nNot mapped" : "")
                        + (row.sample() == null
                                ? ""
                                : "\n" + DeviceWords.explain(row.sample(), row.unit())));
    }

    private void paintValue(TreeRow row, Cell cell) {
        if (row instanceof TreeRow.OfDevice device) {
            boolean trouble = device.fault() != null || device.link() != null && isDown(device);
            cell.text(DeviceWords.state(device, clock.instant()))
                    .tone(trouble ? DeviceWords.light(device) : Tone.DIM)
                    .tip(explain(device));
        } else if (row instanceof TreeRow.OfNode node && node.isVariable()) {
            Sample sample = node.sample();
            if (sample == null) {
                cell.text(node.live() ? "…" : "").tone(Tone.DIM);
                return;
            }
            // That the device is away is said in its own row.
            boolean away = sample.status().equals(Status.BAD_NO_COMMUNICATION);
            boolean nothing = sample.value().equals(Value.NONE) && !away;
            cell.text(
                            nothing
                                    ? DeviceWords.nothing(sample.status())
                                    : Presentation.value(sample.value(), node.unit()))
                    .tone(node.live() ? Presentation.status(sample.status()) : Tone.DIM)
                    .tip(DeviceWords.explain(sample, node.unit()));
        }
    }

    private static boolean isDown(TreeRow.OfDevice device) {
        return switch (device.link().phase()) {
            case UP, STOPPED -> false;
            case CONNECTING, WAITING -> true;
        };
    }

    private static void paintType(TreeRow row, Cell cell) {
        if (row instanceof TreeRow.OfNode node) {
            cell.text(node.isMethod() ? "Method" : node.item().type()).tone(Tone.DIM);
        }
    }

    @Override
    public String path(TreeRow row) {
        return row.path();
    }

    @Override
    public int depth(TreeRow row) {
        return row.depth();
    }

    @Override
    public boolean isBranch(TreeRow row) {
        return row.isBranch();
    }

    @Override
    public boolean isOpen(TreeRow row) {
        return row.isOpen();
    }

    @Override
    public String name(TreeRow row) {
        return row.name();
    }
}
