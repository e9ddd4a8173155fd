package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class WindowPlaceTest {
    private static final Rectangle2D LAPTOP = new Rectangle2D(0, 24, 1366, 744);
    private static final Rectangle2D DESK = new Rectangle2D(1366, 0, 2560, 1400);

    @Test
    void theFirstTimeItIsAsLargeAsTheScreenAllows() {
        assertThat(WindowPlace.place(List.of(), List.of(LAPTOP))).isEqualTo(LAPTOP);
        assertThat(WindowPlace.place(List.of(), List.of(DESK)))
                .isEqualTo(new Rectangle2D(1366 + 560, 250, 1440, 900));
    }

    @Test
    void itComesBackWhereItWas() {
        assertThat(WindowPlace.place(List.of(1500.0, 40.0, 1200.0, 800.0, 0.0), both()))
                .isEqualTo(new Rectangle2D(1500, 40, 1200, 800));
    }

    @Test
    void aScreenThatIsGoneOrSmallerDoesNotHideIt() {
        List<Double> onTheDesk = List.of(1500.0, 40.0, 1200.0, 800.0, 1.0);
        assertThat(WindowPlace.place(onTheDesk, List.of(LAPTOP))).isEqualTo(LAPTOP);
        assertThat(WindowPlace.place(List.of(300.0, 300.0, 1300.0, 900.0), List.of(LAPTOP)))
                .isEqualTo(new Rectangle2D(66, 24, 1300, 744));
    }

    @Test
    void settingsThatMakeNoSenseAreIgnored() {
        assertThat(WindowPlace.place(List.of(10.0, 10.0, -5.0, 0.0), List.of(LAPTOP)))
                .isEqualTo(LAPTOP);
        assertThat(WindowPlace.place(List.of(Double.NaN, 10.0, 800.0, 600.0), List.of(LAPTOP)))
                .isEqualTo(LAPTOP);
    }

    private static List<Rectangle2D> both() {
        return List.of(LAPTOP, DESK);
    }
}
