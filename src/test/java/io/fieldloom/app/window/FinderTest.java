package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.tree.DeviceTree;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.ui.workbench.SearchHit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FinderTest {
    private static final Project PROJECT =
            ProjectFile.parse(
                            """
                            fieldloom: 1
                            devices:
                              boiler:
                                endpoint: modbus-tcp://10.0.0.9:502
                                tags:
                                  SteamPressure: {address: "holding:0"}
                                  Level: {address: "holding:2"}
                            mappings:
                              acme/boiler/steam-pressure: {device: boiler, tag: SteamPressure}
                              acme/boiler/level: {device: boiler, tag: Level}
                              acme/steam/flow: {device: boyler, tag: Flow}
                            """)
                    .project();

    private static final List<String> SEEN = List.of("acme/boiler/level", "other/tank-level");

    private final ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
    private final List<Object> shown = new ArrayList<>();

    private List<String> servers = List.of();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private Finder finder() {
        DeviceRegistry registry =
                new DeviceRegistry(List.of(), device -> null, pool, pool, Clock.systemUTC());
        DeviceTree tags = new DeviceTree(registry, System::nanoTime);
        tags.load(PROJECT);
        LiveLint lint = new LiveLint(new Transforms()::fault, Runnable::run);
        lint.open(PROJECT);
        return new Finder(
                () -> PROJECT,
                tags,
                (wanted, most) -> SEEN.stream().filter(wanted).limit(most).toList(),
                lint,
                new Finder.Ways(
                        shown::add,
                        shown::add,
                        topic -> shown.add("traffic " + topic),
                        new Servers()));
    }

    /** One server that is connected. */
    private final class Servers implements Finder.Servers {
        @Override
        public List<String> connected() {
            return servers;
        }

        @Override
        public void search(String device, String text) {
            shown.add("search " + device + " " + text);
        }
    }

    // A tag that nobody has browsed to yet is found by asking the server itself.
    @Test
    void aConnectedServerCanBeSearchedWhole() {
        assertThat(finder().find("nowhere", 10)).isEmpty();
        servers = List.of("filler");
        List<SearchHit> hits = finder().find("nowhere", 10);
        assertThat(hits)
                .extracting(SearchHit::title)
                .containsExactly("Search filler for 'nowhere'…");
        hits.get(0).open().run();
        assertThat(shown).containsExactly("search filler nowhere");
        assertThat(finder().find("n", 10))
                .extracting(SearchHit::title)
                .as("one letter is in almost every name")
                .noneMatch(title -> title.startsWith("Search "));
    }

    @Test
    void namesThatBeginWithTheTextComeFirst() {
        List<SearchHit> hits = finder().find("steam", 10);

        assertThat(hits).extracting(SearchHit::title).first().isEqualTo("steam-pressure");
        assertThat(hits).extracting(SearchHit::title).contains("flow");
    }

    @Test
    void allWordsMustBeThereInWhateverOrder() {
        assertThat(finder().find("level BOILER", 10))
                .extracting(SearchHit::title, SearchHit::detail)
                .containsExactly(tuple("level", "acme/boiler"));
    }

    @Test
    void devicesAndProblemsAreFoundAndOpened() {
        finder().find("boiler", 10).get(0).open().run();
        finder().find("boyler", 10).get(0).open().run();

        assertThat(shown)
                .containsExactly(Location.device("boiler"), Location.mapping("acme/steam/flow"));
    }

    // What others publish is what one searches for on a broker that one does not know.
    @Test
    void topicsThatAreOnlySeenAreFoundInTraffic() {
        List<SearchHit> hits = finder().find("tank", 10);
        assertThat(hits)
                .extracting(SearchHit::title, SearchHit::detail)
                .containsExactly(tuple("tank-level", "in traffic: other/tank-level"));
        hits.get(0).open().run();
        assertThat(shown).containsExactly("traffic other/tank-level");
    }

    @Test
    void noMoreThanWantedAreFound() {
        assertThat(finder().find("e", 2)).hasSizeLessThanOrEqualTo(2);
    }
}
