package io.fieldloom.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @Test
    void leavesOutNetworkAndBroadcast() {
        assertThat(AddressRange.parse("10.0.0.77/30").hosts())
                .containsExactly("10.0.0.77", "10.0.0.78");
        assertThat(AddressRange.parse("192.168.255.0/24").hosts())
                .hasSize(254)
                .startsWith("192.168.255.1")
                .endsWith("192.168.255.254");
    }

    @Test
    void pointToPointAndSingleAddressesAreWhole() {
        assertThat(AddressRange.parse("200.1.2.3/32").hosts()).containsExactly("200.1.2.3");
        assertThat(AddressRange.parse("200.1.2.3/31").hosts())
                .containsExactly("200.1.2.2", "200.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "10.0.0/24", "10.0.0.256/24", "10.0.0.0/33", "plc/24"})
    void refusesWhatIsNoSubnetOrTooLarge(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(text);
    }
}
