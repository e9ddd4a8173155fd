package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.TagSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagTextTest {
    private static TagSpec tag(String name, String address) {
        return TagSpec.of(name, address);
    }

    // Mappings read a tag by its name: a line with another name and the old address is that tag.
    @Test
    void aNewNameAtTheOldAddressIsARenamedTag() {
        List<TagSpec> before = List.of(tag("Presure", "holding:0"), tag("Level", "holding:2"));

        assertThat(
                        TagText.renamed(
                                before,
                                List.of(tag("Pressure", "holding:0"), tag("Level", "holding:2"))))
                .isEqualTo(Map.of("Presure", "Pressure"));
        assertThat(TagText.renamed(before, List.of(tag("Pressure", "holding:7")))).isEmpty();
        assertThat(
                        TagText.renamed(
                                before,
                                List.of(tag("Presure", "holding:0"), tag("Copy", "holding:0"))))
                .as("a second tag of the same address renames nothing")
                .isEmpty();
        assertThat(TagText.renamed(before, List.of(tag("A", "holding:0"), tag("B", "holding:0"))))
                .as("which of two it became nobody knows")
                .isEmpty();
    }
}
