package io.fieldloom.app.window;

import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.UnsavedCopy;
import io.fieldloom.engine.project.UnsavedWork;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Offers unsaved work that a program left behind when it was ended from outside: that of the open
 * file, and that of projects which are in no file. The offer waits for an answer; without one the
 * work is offered again at the next start. FX thread only.
 */
final class Recovery {
    /** Older ones come at the next start. */
    private static final int MOST = 2;

    private final UiKit kit;
    private final Home home;
    private final Clock clock;
    private final Consumer<UnsavedCopy> opener;

    /**
     * @param opener opens work that is in no file as a project of its own
     */
    Recovery(UiKit kit, Home home, Clock clock, Consumer<UnsavedCopy> opener) {
        this.kit = kit;
        this.home = home;
        this.clock = clock;
        this.opener = opener;
    }

    /** Looks for work of this project or of none. */
    void offer(ProjectEditor editor, UnsavedWork unsaved) {
        kit.tasks()
                .run(
                        "Look for unsaved work",
                        progress -> {
                            List<UnsavedCopy> left = UnsavedCopy.left(home);
                            return left.stream()
                                    .filter(
                                            copy ->
                                                    copy.isOfNoFile()
                                                            || editor.file()
                                                                    .filter(copy::isOf)
                                                                    .isPresent())
                                    .limit(MOST)
                                    .toList();
                        },
                        found -> found.forEach(copy -> offer(copy, editor, unsaved)));
    }

    private void offer(UnsavedCopy copy, ProjectEditor editor, UnsavedWork unsaved) {
        boolean ofThis = editor.file().filter(copy::isOf).isPresent();
        String name = ofThis ? "This project" : copy.name();
        kit.notifications()
                .ask(
                        name
                                + " has unsaved changes from "
                                + time(copy.time())
                                + ": Fieldloom was ended without saving them.",
                        Command.named("project.discard", "Project", "Discard")
                                .icon(Icon.TRASH)
                                .does(() -> discard(copy)),
                        Command.named("project.recover", "Project", "Recover")
                                .icon(Icon.UNDO)
                                .does(
                                        () -> {
                                            if (ofThis) {
                                                recover(copy, editor, unsaved);
                                            } else {
                                                opener.accept(copy);
                                            }
                                        }));
    }

    /** As much of the time as tells it. */
    private String time(Instant time) {
        ZoneId zone = clock.getZone();
        LocalDateTime then = LocalDateTime.ofInstant(time, zone);
        boolean today = then.toLocalDate().equals(LocalDateTime.now(clock).toLocalDate());
        return then.format(
                DateTimeFormatter.ofPattern(today ? "HH:mm" : "d MMM, HH:mm", Locale.ENGLISH));
    }

    private void recover(UnsavedCopy copy, ProjectEditor editor, UnsavedWork unsaved) {
        inBackground(
                "Recover unsaved changes",
                () -> {
                    boolean same = editor.recover(copy);
                    unsaved.takeOver(copy);
                    return same
                            ? "Recovered. Undo takes you back to the file as it was saved."
                            : "Recovered. The file was changed by another program since: saving"
                                    + " asks before it writes over that.";
                });
    }

    private void discard(UnsavedCopy copy) {
        inBackground(
                "Discard unsaved changes",
                () -> {
                    copy.discard();
                    return "Discarded the unsaved changes from " + time(copy.time());
                });
    }

    private void inBackground(String title, Callable<String> work) {
        kit.tasks()
                .run(
                        title,
                        progress -> work.call(),
                        done -> kit.notifications().tell(done),
                        failure ->
                                kit.notifications()
                                        .fail(
                                                Presentation.sentence(
                                                        title + ": " + failure.getMessage())));
    }
}
