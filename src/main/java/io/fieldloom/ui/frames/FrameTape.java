package io.fieldloom.ui.frames;

import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.FrameLog.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The frames of one device: those of its last recording, which may be going on. FX thread only. */
final class FrameTape {
    /** Some minutes of a busy device. */
    private static final int MOST_FRAMES = 5_000;

    private final Deque<FrameLine> lines = new ArrayDeque<>();
    private FrameLog.Recording recording;
    private long seen;
    private long number;

    boolean isRecording() {
        return recording != null;
    }

    /** Begins again, empty. */
    void record(FrameLog log) {
        stop();
        lines.clear();
        seen = 0;
        recording = log.record(MOST_FRAMES);
    }

    /** Ends the recording; what it has stays. Idempotent. */
    void stop() {
        if (recording != null) {
            take();
            recording.close();
            recording = null;
        }
    }

    void clear() {
        lines.clear();
    }

    /** Takes what has come since. Whether anything has. */
    boolean take() {
        if (recording == null) {
            return false;
        }
        long total = recording.total();
        List<Frame> fresh = recording.since(seen);
        fresh.forEach(frame -> lines.addFirst(new FrameLine(number++, frame)));
        // More may have come than are kept; then the total is ahead of what was taken.
        seen = Math.max(seen + fresh.size(), total);
        while (lines.size() > MOST_FRAMES) {
            lines.removeLast();
        }
        return !fresh.isEmpty();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The newest first. */
    List<FrameLine> lines() {
        return new ArrayList<>(lines);
    }
}
