package io.fieldloom.ui.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * Light and dark: AtlantaFX below, our palette and rules above, and the program's own fonts, so
 * that it looks the same on every machine. FX thread only.
 */
public final class Theme {
    /** The two looks. */
    public enum Look {
        DARK(Color.web("#0d1117"), "palette-dark.css"),
        LIGHT(Color.web("#ffffff"), "palette-light.css");

        private final Color fill;
        private final String palette;

        Look(Color fill, String palette) {
            this.fill = fill;
            this.palette = palette;
        }

        public Look other() {
            return this == DARK ? LIGHT : DARK;
        }
    }

    private static final List<String> FONTS =
            List.of(
                    "/com/formdev/flatlaf/fonts/inter/Inter-Regular.otf",
                    "/com/formdev/flatlaf/fonts/inter/Inter-SemiBold.otf",
                    "/com/formdev/flatlaf/fonts/jetbrains_mono/JetBrainsMono-Regular.ttf");
    private static final double ANY_SIZE = 12;

    private final List<Scene> scenes = new ArrayList<>();
    private final ReadOnlyObjectWrapper<Look> look;

    /** Loads the fonts and makes the look the program's. */
    public Theme(Look first) {
        look = new ReadOnlyObjectWrapper<>(first);
        for (String font : FONTS) {
            try (InputStream in = Theme.class.getResourceAsStream(font)) {
                Font.loadFont(in, ANY_SIZE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Application.setUserAgentStylesheet(base(first));
    }

    public ReadOnlyObjectProperty<Look> lookProperty() {
        return look.getReadOnlyProperty();
    }

    public Look look() {
        return look.get();
    }

    /** Dresses a scene, now and whenever the look changes. Its popups follow it. */
    public void dress(Scene scene) {
        scenes.add(scene);
        dress(scene, look());
    }

    /** Changes the look of every scene. */
    public void show(Look other) {
        if (other == look()) {
            return;
        }
        look.set(other);
        Application.setUserAgentStylesheet(base(other));
        scenes.forEach(scene -> dress(scene, other));
    }

    private static void dress(Scene scene, Look look) {
        // The window is mapped before its first frame; without a fill it flashes white.
        scene.setFill(look.fill);
        scene.getStylesheets().setAll(sheet(look.palette), sheet("workbench.css"));
    }

    private static String base(Look look) {
        return look == Look.DARK
                ? new PrimerDark().getUserAgentStylesheet()
                : new PrimerLight().getUserAgentStylesheet();
    }

    private static String sheet(String name) {
        return Theme.class.getResource(name).toExternalForm();
    }
}
