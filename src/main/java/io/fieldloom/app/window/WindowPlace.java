package io.fieldloom.app.window;

import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.ui.workbench.WorkbenchWindow;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;

/**
 * Where the window opens: where it was at the last end, if a screen still shows that place, else as
 * large as it is meant to be and the screen allows. FX thread only.
 */
final class WindowPlace {
    private static final String SETTING = "window.place";
    private static final Duration SETTLED = Duration.millis(400);

    private final Stage stage;
    private final SettingsFile settings;
    private final PauseTransition settled = new PauseTransition(SETTLED);
    private Rectangle2D normal;

    WindowPlace(Stage stage, SettingsFile settings) {
        this.stage = stage;
        this.settings = settings;
    }

    /**
     * Shows the window at its place, and remembers it from then on.
     *
     * <p>Under some window managers on Linux the toolkit's own first size, 200 by 200, arrives
     * after the size that was asked for, and wins. So the window is asked for twice, and a size
     * counts as asked for only if it differs from the one before.
     */
    void show() {
        List<Double> last = settings.get().sizes().getOrDefault(SETTING, List.of());
        List<Rectangle2D> screens =
                Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
        normal = place(last, screens);
        stage.setMinWidth(Math.min(WorkbenchWindow.LEAST_WIDTH, normal.getWidth()));
        stage.setMinHeight(Math.min(WorkbenchWindow.LEAST_HEIGHT, normal.getHeight()));
        stage.setX(normal.getMinX());
        stage.setY(normal.getMinY());
        size(1);
        stage.setMaximized(last.size() == 5 && last.get(4) == 1);
        stage.show();
        size(0);
        settled.setOnFinished(event -> remember());
        List.of(stage.xProperty(), stage.yProperty(), stage.widthProperty(), stage.heightProperty())
                .forEach(each -> each.addListener(observable -> settled.playFromStart()));
        stage.maximizedProperty().addListener(observable -> settled.playFromStart());
    }

    private void size(double less) {
        stage.setWidth(normal.getWidth() - less);
        stage.setHeight(normal.getHeight() - less);
    }

    private void remember() {
        boolean isNormal = !stage.isMaximized() && !stage.isIconified() && !stage.isFullScreen();
        if (isNormal) {
            normal =
                    new Rectangle2D(
                            stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        }
        List<Double> now =
                List.of(
                        normal.getMinX(),
                        normal.getMinY(),
                        normal.getWidth(),
                        normal.getHeight(),
                        stage.isMaximized() ? 1.0 : 0.0);
        settings.update(all -> all.withSizes(SETTING, now));
    }

    /**
     * Where the window goes: wholly onto one screen.
     *
     * @param last x, y, width and height at the last end; anything else is ignored
     * @param screens what can be used of each screen, the primary one first
     */
    static Rectangle2D place(List<Double> last, List<Rectangle2D> screens) {
        if (last.size() >= 4 && last.get(2) > 0 && last.get(3) > 0) {
            Rectangle2D before =
                    new Rectangle2D(last.get(0), last.get(1), last.get(2), last.get(3));
            Optional<Rectangle2D> screen =
                    screens.stream().filter(each -> each.contains(grip(before))).findFirst();
            if (screen.isPresent()) {
                return within(screen.get(), before);
            }
        }
        Rectangle2D screen = screens.get(0);
        double left = screen.getMinX() + (screen.getWidth() - WorkbenchWindow.WIDTH) / 2;
        double top = screen.getMinY() + (screen.getHeight() - WorkbenchWindow.HEIGHT) / 2;
        return within(
                screen,
                new Rectangle2D(
                        Math.floor(left),
                        Math.floor(top),
                        WorkbenchWindow.WIDTH,
                        WorkbenchWindow.HEIGHT));
    }

    /** The middle of the title bar, by which a window is taken hold of. */
    private static Point2D grip(Rectangle2D window) {
        return new Point2D(window.getMinX() + window.getWidth() / 2, window.getMinY() + 10);
    }

    private static Rectangle2D within(Rectangle2D screen, Rectangle2D window) {
        double width = Math.min(window.getWidth(), screen.getWidth());
        double height = Math.min(window.getHeight(), screen.getHeight());
        double left = Math.min(window.getMinX(), screen.getMaxX() - width);
        double top = Math.min(window.getMinY(), screen.getMaxY() - height);
        return new Rectangle2D(
                Math.max(screen.getMinX(), left), Math.max(screen.getMinY(), top), width, height);
    }
}
