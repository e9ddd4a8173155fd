package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.LinkState;

/** One row of the device tree, as it is at one moment. */
public sealed interface TreeRow {
    /** Unique and stable: the device's name, then names from there on, with slashes between. */
    String path();

    /** 0 for a device. */
    int depth();

    boolean isBranch();

    boolean isOpen();

    String name();

    /** The name of the device that it belongs to. */
    String device();

    /**
     * A device.
     *
     * @param definition as the project has it
     * @param link where its link stands; null while it has none
     * @param fault why it has no link, or null
     * @param samplesPerSecond how many samples it sends
     */
    record OfDevice(
            Device definition,
            LinkState link,
            String fault,
            double samplesPerSecond,
            boolean isBranch,
            boolean isOpen)
            implements TreeRow {
        @Override
        public String path() {
            return definition.name();
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public String name() {
            return definition.name();
        }

        @Override
        public String device() {
            return definition.name();
        }
    }

    /**
     * A node of an address space, or a tag that the project names.
     *
     * @param item what dragging it means
     * @param nodeClass {@code Object Variable Method ...}
     * @param displayName what the device calls it, where that differs from its name; else null
     * @param place the address in the notations of wire and manual, or null where the address says
     *     nothing to a person
     * @param unit engineering unit, or null
     * @param sample newest sample of the tag's own value, or null
     * @param live whether it is watched now; otherwise the sample is from when it was last on
     *     screen
     * @param mapped whether a mapping takes it
     * @param writable whether the device says that it may be written
     */
    record OfNode(
            String path,
            int depth,
            boolean isBranch,
            boolean isOpen,
            DeviceItem item,
            String nodeClass,
            String displayName,
            String place,
            String unit,
            Sample sample,
            boolean live,
            boolean mapped,
            boolean writable)
            implements TreeRow {
        @Override
        public String name() {
            return item.name();
        }

        @Override
        public String device() {
            return item.device();
        }

        /** Whether it has a value that can be read and mapped. */
        public boolean isVariable() {
            return nodeClass.equals("Variable");
        }

        /** Whether it can be called. */
        public boolean isMethod() {
            return nodeClass.equals("Method");
        }
    }

    /**
     * What stands in the place of children that are not there yet.
     *
     * @param below the path of the row whose children these would be
     * @param failed whether something went wrong
     * @param cause what kind of failure it was; null where nothing failed or it is not known
     * @param text what is going on or went wrong
     * @param advice what to try; empty where there is nothing to do
     */
    record OfMessage(
            String below,
            int depth,
            String device,
            boolean failed,
            DeviceException.Kind cause,
            String text,
            String advice)
            implements TreeRow {
        @Override
        public String path() {
            return below + "/~";
        }

        @Override
        public boolean isBranch() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public String name() {
            return text;
        }
    }
}
