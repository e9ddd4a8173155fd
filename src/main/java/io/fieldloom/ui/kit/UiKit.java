package io.fieldloom.ui.kit;

import java.util.concurrent.Executor;

/**
 * What every feature of the window is given. Made once, on the FX thread.
 *
 * @param fx the way to the FX thread
 * @param ticker the beat that views pull on
 * @param tasks background work
 * @param theme light and dark
 * @param overlay the root of the window
 * @param dialogs questions and forms
 * @param notifications short messages
 * @param commands all that can be done
 */
public record UiKit(
        FxGate fx,
        Ticker ticker,
        UiTasks tasks,
        Theme theme,
        Overlay overlay,
        Dialogs dialogs,
        Notifications notifications,
        CommandRegistry commands) {

    /** The parts, wired; a failed task becomes a notification. */
    public static UiKit create(FxGate fx, Ticker ticker, Executor background, Theme theme) {
        Overlay overlay = new Overlay();
        Notifications notifications = new Notifications(overlay);
        UiTasks tasks =
                new UiTasks(
                        fx,
                        background,
                        failure -> notifications.fail(failure.task() + ": " + failure.words()));
        return new UiKit(
                fx,
                ticker,
                tasks,
                theme,
                overlay,
                new Dialogs(overlay),
                notifications,
                new CommandRegistry());
    }
}
