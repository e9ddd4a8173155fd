package io.fieldloom.ui.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamespaceRowsTest {
    private Project project = Project.EMPTY;
    private NamespaceRows rows = new NamespaceRows(() -> project);

    @Test
    void mappingsAndLevelsAreOneTree() {
        edit(new Edit.PutMapping(mapping("acme/prague/line-10/speed")));
        edit(new Edit.PutMapping(mapping("acme/prague/line-2/speed")));
        edit(new Edit.PutLevel(new Level("acme/prague/line-1", "line")));
        rows.reveal("acme/prague/line-10/speed");

        assertThat(shown())
                .containsExactly(
                        "acme",
                        "acme/prague",
                        "acme/prague/line-1",
                        "acme/prague/line-2",
                        "acme/prague/line-10",
                        "acme/prague/line-10/speed");
        assertThat(rows.row("acme").mappings()).isEqualTo(2);
        assertThat(rows.row("acme/prague/line-1").level()).isEqualTo("line");
    }

    @Test
    void aBranchGoesWithItsLastMappingUnlessItIsNamed() {
        edit(new Edit.PutMapping(mapping("acme/a/speed")));
        edit(new Edit.PutMapping(mapping("acme/b/speed")));
        edit(new Edit.PutLevel(new Level("acme/b", null)));

        edit(new Edit.RemoveMapping("acme/a/speed"));
        edit(new Edit.RemoveMapping("acme/b/speed"));
        rows.reveal("acme/b");
        assertThat(shown()).containsExactly("acme", "acme/b");

        edit(new Edit.RemoveLevel("acme/b"));
        assertThat(shown()).isEmpty();
    }

    @Test
    void aMoveTakesTheRowsAlong() {
        edit(new Edit.PutMapping(mapping("acme/prague/line-1/speed")));
        edit(new Edit.PutMapping(mapping("acme/prague/line-1/state")));
        rows.reveal("acme/prague/line-1/speed");
        assertThat(rows.openWithin("acme/prague"))
                .containsExactly("acme/prague", "acme/prague/line-1");

        edit(new Edit.MoveBranch("acme/prague", "acme/brno"));

        assertThat(rows.row("acme/prague")).isNull();
        assertThat(rows.reveal("acme/brno/line-1/state")).isEqualTo(4);
    }

    @Test
    void theFilterLooksAtNamesAndTags() {
        edit(new Edit.PutMapping(mapping("acme/prague/speed")));
        edit(
                new Edit.PutMapping(
                        Mapping.of("acme/brno/level", new TagRef("boiler", "FeedwaterLevel"))));

        rows.filter("feedw");
        assertThat(shown()).containsExactly("acme", "acme/brno", "acme/brno/level");
        rows.filter("acme/+/speed");
        assertThat(shown()).containsExactly("acme", "acme/prague", "acme/prague/speed");
        rows.filter("");
        assertThat(rows.count()).isGreaterThanOrEqualTo(1);
    }

    // The bound is generous; rebuilding a hundred thousand rows takes a hundred times as long.
    @Test
    void oneEditAmongManyTouchesOneRow() {
        Project many = Project.EMPTY;
        many =
                Edits.apply(
                                many,
                                new Edit.Batch(
                                        "many",
                                        IntStream.range(0, 100_000)
                                                .<Edit>mapToObj(
                                                        at ->
                                                                new Edit.PutMapping(
                                                                        mapping(
                                                                                "acme/line-"
                                                                                        + at % 100
                                                                                        + "/tag-"
                                                                                        + at)))
                                                .toList()))
                        .after();
        project = many;
        rows = new NamespaceRows(() -> project);
        assertThat(rows.row("acme").mappings()).isEqualTo(100_000);

        long start = System.nanoTime();
        edit(new Edit.PutMapping(mapping("acme/line-7/new")));
        long place = rows.reveal("acme/line-7/new");
        long millis = (System.nanoTime() - start) / 1_000_000;

        assertThat(place).isPositive();
        assertThat(millis).isLessThan(50);
    }

    private static Mapping mapping(String topic) {
        return Mapping.of(topic, new TagRef("filler", "Tag"));
    }

    private void edit(Edit edit) {
        Change change = Edits.apply(project, edit);
        project = change.after();
        rows.follow(change.touched());
    }

    private List<String> shown() {
        List<String> topics = new ArrayList<>();
        for (int at = 0; at < rows.count(); at++) {
            topics.add(rows.at(at).topic());
        }
        return topics;
    }
}
