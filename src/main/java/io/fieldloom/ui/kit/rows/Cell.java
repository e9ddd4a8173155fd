package io.fieldloom.ui.kit.rows;

import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.chart.Sparkline;
import io.fieldloom.ui.kit.chart.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;

/**
 * One place of a visible row, reused as rows scroll by. A painter says what it shows, starting from
 * blank; only what differs from before touches a node.
 */
public final class Cell extends Region {
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");
    private static final double INDENT = 16;
    private static final double SLOT = 15;
    private static final double NOTE_GAP = 6;
    private static final double LEAST_BADGE = 44;
    private static final double LEAST_NOTE = 58;

    /** What a painter said. */
    private record Look(
            String text,
            Tone tone,
            boolean strong,
            boolean mono,
            String shortText,
            double wholeFrom,
            String note,
            String shortNote,
            Mark mark,
            Tone markTone,
            List<Badge> badges) {
        static final Look BLANK =
                new Look(
                        "",
                        Tone.NORMAL,
                        false,
                        false,
                        null,
                        0,
                        "",
                        null,
                        Mark.NONE,
                        Tone.NORMAL,
                        List.of());
    }

    private final boolean number;
    private final boolean tree;
    private final Label label = new Label();
    private final List<Label> badgeLabels = new ArrayList<>();
    private Label noteLabel;
    private SVGPath markShape;
    private Region triangle;
    private Sparkline sparkline;
    private Look shown = Look.BLANK;
    private int depth;
    private boolean branch;

    private String text;
    private Tone tone;
    private boolean strong;
    private boolean mono;
    private String shortText;
    private double wholeFrom;
    private String note;
    private String shortNote;
    private Mark mark;
    private Tone markTone;
    private List<Badge> badges;
    private Badge button;
    private Runnable press;
    private Supplier<String> tip;
    private boolean drawn;

    Cell(boolean tree, boolean number) {
        this.tree = tree;
        this.number = number;
        getStyleClass().add("row-cell");
        setManaged(false);
        label.setManaged(false);
        label.setMouseTransparent(true);
        label.setEllipsisString("…");
        if (number) {
            label.getStyleClass().add("mono");
            label.setAlignment(Pos.CENTER_RIGHT);
        }
        getChildren().add(label);
        blank();
    }

    public Cell text(String shownText) {
        text = shownText == null ? "" : shownText;
        return this;
    }

    public Cell tone(Tone shownTone) {
        tone = shownTone;
        return this;
    }

    /** In the bolder font. */
    public Cell strong() {
        strong = true;
        return this;
    }

    /** In the font of payloads and addresses. */
    public Cell mono() {
        mono = true;
        return this;
    }

    /** A text that is replaced by its end where it does not fit; that is cut at its beginning. */
    public Cell text(String shownText, String end) {
        return text(shownText, end, 0);
    }

    /**
     * A text of which only the end is shown in a column that is narrower than so many pixels, in
     * all of its rows alike; what does not fit is cut at its beginning.
     */
    public Cell text(String shownText, String end, double whole) {
        wholeFrom = whole;
        shortText = end;
        return text(shownText);
    }

    /** A dim remark behind the text, in the font of addresses; it shrinks first. */
    public Cell note(String remark) {
        return note(remark, null);
    }

    /** A remark that is replaced by a shorter one where it does not fit. */
    public Cell note(String remark, String shorter) {
        note = remark == null ? "" : remark;
        shortNote = shorter;
        return this;
    }

    public Cell mark(Mark sign, Tone signTone) {
        mark = sign;
        markTone = signTone;
        return this;
    }

    public Cell badge(Badge badge) {
        if (badges.isEmpty()) {
            badges = new ArrayList<>(2);
        }
        badges.add(badge);
        return this;
    }

    /**
     * A badge that is pressed as a button. It is a short cut for the mouse: whatever it does can be
     * done from the menu as well.
     */
    public Cell badge(Badge badge, Runnable action) {
        button = badge;
        press = action;
        return badge(badge);
    }

    /** What hovering tells; without it the whole text, where it is cut off. */
    public Cell tip(String explanation) {
        tip = explanation == null ? null : () -> explanation;
        return this;
    }

    /** What hovering tells, worked out when somebody hovers. */
    public Cell tip(Supplier<String> explanation) {
        tip = explanation;
        return this;
    }

    /** A small line of what a series was between two times, instead of a text. */
    public Cell line(TimeSeries series, long from, long to) {
        if (sparkline == null) {
            sparkline = new Sparkline();
            getChildren().add(sparkline);
        }
        drawn = true;
        sparkline.show(series, from, to);
        return this;
    }

    void blank() {
        drawn = false;
        text = "";
        tone = Tone.NORMAL;
        strong = false;
        mono = false;
        shortText = null;
        wholeFrom = 0;
        note = "";
        shortNote = null;
        mark = Mark.NONE;
        markTone = Tone.NORMAL;
        badges = List.of();
        button = null;
        press = null;
        tip = null;
    }

    void tree(int newDepth, boolean isBranch, boolean isOpen) {
        if (depth != newDepth || branch != isBranch) {
            depth = newDepth;
            branch = isBranch;
            requestLayout();
        }
        if (isBranch && triangle == null) {
            triangle = new Region();
            triangle.getStyleClass().add("disclosure");
            triangle.setManaged(false);
            triangle.setMouseTransparent(true);
            getChildren().add(triangle);
        }
        if (triangle != null) {
            triangle.setVisible(isBranch);
            triangle.pseudoClassStateChanged(OPEN, isOpen);
        }
    }

    /** Shows what the painter said. */
    void commit() {
        if (sparkline != null) {
            sparkline.setVisible(drawn);
        }
        Look look =
                new Look(
                        text, tone, strong, mono, shortText, wholeFrom, note, shortNote, mark,
                        markTone, badges);
        if (look.equals(shown)) {
            return;
        }
        Look before = shown;
        shown = look;
        label.setText(text);
        if (tone != before.tone) {
            tone.paint(label);
        }
        if (strong != before.strong) {
            toggle(label, "strong", strong);
        }
        if (mono != before.mono && !number) {
            toggle(label, "mono", mono);
        }
        if (shortText == null != (before.shortText == null)) {
            label.setTextOverrun(
                    shortText == null ? OverrunStyle.ELLIPSIS : OverrunStyle.LEADING_ELLIPSIS);
        }
        showNote();
        showMark(before);
        if (!badges.equals(before.badges)) {
            showBadges();
        }
        requestLayout();
    }

    private static void toggle(Label label, String styleClass, boolean on) {
        if (on) {
            label.getStyleClass().add(styleClass);
        } else {
            label.getStyleClass().remove(styleClass);
        }
    }

    private void showNote() {
        if (noteLabel == null && !note.isEmpty()) {
            noteLabel = new Label();
            noteLabel.getStyleClass().addAll("mono", "dim");
            noteLabel.setManaged(false);
            noteLabel.setEllipsisString("…");
            noteLabel.setMouseTransparent(true);
            getChildren().add(noteLabel);
        }
        if (noteLabel != null) {
            noteLabel.setText(note);
            noteLabel.setVisible(!note.isEmpty());
        }
    }

    private void showMark(Look before) {
        if (markShape == null && mark != Mark.NONE) {
            markShape = new SVGPath();
            markShape.setManaged(false);
            markShape.setMouseTransparent(true);
            markShape.getStyleClass().add("mark");
            getChildren().add(markShape);
        }
        if (markShape != null && mark != before.mark) {
            markShape.setContent(mark.path());
            markShape.setVisible(mark != Mark.NONE);
            markShape.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass("filled"), mark.isFilled());
        }
        if (markShape != null && markTone != before.markTone) {
            markTone.paint(markShape);
        }
    }

    private void showBadges() {
        getChildren().removeAll(badgeLabels);
        badgeLabels.clear();
        for (Badge badge : badges) {
            Label one = badge.label();
            one.setManaged(false);
            one.setMouseTransparent(true);
            badgeLabels.add(one);
            getChildren().add(one);
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        if (sparkline != null) {
            sparkline.resizeRelocate(0, 0, width, height);
        }
        double x = 0;
        if (tree) {
            x = depth * INDENT;
            if (branch && triangle != null) {
                triangle.resizeRelocate(x + 2, Math.round((height - 8) / 2), 8, 8);
                x += SLOT;
            } else if (shown.mark == Mark.NONE) {
                x += SLOT;
            }
        }
        if (shown.mark != Mark.NONE && markShape != null) {
            boolean alone = shown.text.isEmpty() && !tree;
            double at = alone ? (width - Mark.FIELD) / 2 : x;
            markShape.setLayoutX(at);
            markShape.setLayoutY((height - Mark.FIELD) / 2);
            x += Mark.FIELD + 4;
        }
        layoutText(x, width, height);
    }

    /** A label made in a layout pass knows no font yet, and would be measured as nothing. */
    private static double wide(Label part) {
        if (part.getSkin() == null) {
            part.applyCss();
        }
        return Math.ceil(part.prefWidth(-1));
    }

    private void layoutText(double from, double width, double height) {
        double x = from;
        if (number) {
            label.resizeRelocate(x, 0, Math.max(0, width - x), height);
            return;
        }
        double room = Math.max(0, width - x - keptForBadges());
        if (shown.wholeFrom > 0) {
            label.setText(width < shown.wholeFrom ? shown.shortText : shown.text);
        } else {
            fit(label, shown.text, shown.shortText, room);
        }
        double labelWidth = Math.min(room, wide(label));
        label.resizeRelocate(x, 0, labelWidth, height);
        x += labelWidth;
        double end = width - keptForBadges();
        if (noteLabel != null && noteLabel.isVisible()) {
            fit(noteLabel, shown.note, shown.shortNote, end - x - NOTE_GAP);
            double left = Math.max(0, end - x - NOTE_GAP);
            double wanted = wide(noteLabel);
            // A stump of a note tells nothing.
            double given = left >= Math.min(wanted, LEAST_NOTE) ? Math.min(left, wanted) : 0;
            noteLabel.resizeRelocate(x + NOTE_GAP, 0, given, height);
            x += given > 0 ? NOTE_GAP + given : 0;
        }
        for (int at = 0; at < badgeLabels.size(); at++) {
            Label badge = badgeLabels.get(at);
            double wanted = wide(badge);
            double high = Math.ceil(badge.prefHeight(-1));
            double left = width - x - NOTE_GAP;
            boolean fits = left >= kept(shown.badges.get(at), wanted);
            badge.setVisible(fits);
            badge.resizeRelocate(
                    x + NOTE_GAP, Math.round((height - high) / 2), Math.min(wanted, left), high);
            x += fits ? NOTE_GAP + Math.min(wanted, left) : 0;
        }
    }

    /** What must not be overlooked keeps its place; text and note are cut for it. */
    private double keptForBadges() {
        double kept = 0;
        for (int at = 0; at < badgeLabels.size(); at++) {
            Badge badge = shown.badges.get(at);
            if (badge.isUrgent()) {
                kept += NOTE_GAP + kept(badge, wide(badgeLabels.get(at)));
            }
        }
        return kept;
    }

    /** The least width of a badge; only one that waits for a decision can be read in part. */
    private static double kept(Badge badge, double whole) {
        return badge.kind() == Badge.Kind.WARNING ? Math.min(whole, LEAST_BADGE) : whole;
    }

    private static void fit(Label part, String text, String shorter, double room) {
        if (shorter == null) {
            return;
        }
        part.setText(text);
        if (wide(part) > room) {
            part.setText(shorter);
        }
    }

    boolean isBlank() {
        return !drawn
                && shown.text.isEmpty()
                && shown.note.isEmpty()
                && shown.mark == Mark.NONE
                && shown.badges.isEmpty();
    }

    /** Where the text of a tree cell begins, for the editor that lies over it. */
    double textStart() {
        return label.getLayoutX();
    }

    /** Whether a point is on the triangle or the indentation just around it. */
    boolean isOnTriangle(double x) {
        return tree && branch && x >= depth * INDENT - 4 && x < depth * INDENT + SLOT;
    }

    /** What a click at a point does, or null: only a badge that is a button takes it. */
    Runnable pressAt(double x) {
        int at = button == null ? -1 : shown.badges.indexOf(button);
        if (at < 0) {
            return null;
        }
        Label label = badgeLabels.get(at);
        boolean hit =
                label.isVisible()
                        && x >= label.getLayoutX()
                        && x < label.getLayoutX() + label.getWidth();
        return hit ? press : null;
    }

    /** What hovering tells, or null. */
    String hint() {
        if (tip != null) {
            return tip.get();
        }
        boolean cut = label.getWidth() + 0.5 < label.prefWidth(-1);
        return cut ? shown.text : null;
    }

    String spoken() {
        StringBuilder words = new StringBuilder(shown.text);
        if (!shown.note.isEmpty()) {
            words.append(' ').append(shown.note);
        }
        shown.badges.forEach(badge -> words.append(' ').append(badge.text()));
        return words.toString();
    }
}
