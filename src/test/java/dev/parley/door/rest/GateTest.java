package dev.parley.door.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.config.SignalSettings;
import dev.parley.lab.MapConfig;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final SignalSettings SETTINGS =
      SignalSettings.read(new MapConfig(Map.of("parley.origins", "https://app.example")));

  @ParameterizedTest
  @CsvSource({
    "https://meet.example, same-origin, false",
    "https://app.example, cross-site, false",
    "https://evil.example, cross-site, true",
    "null, cross-site, true",
    ", cross-site, true",
    ", same-site, true",
    ", same-origin, false",
    ", none, false",
    ", , false",
  })
  void keepsPagesOfOtherOriginsFromChangingAnything(String origin, String site, boolean refused) {
    assertEquals(refused, Gate.crossOrigin(SETTINGS, origin, "meet.example", site));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::7, 20010db800010002",
    "::ffff:192.0.2.1, 192.0.2.1",
    "proxy, unknown",
    ", unknown",
  })
  void throttlesASubscriberNotAnAddressOfIpv6(String address, String source) {
    assertEquals(source, Source.of(address));
  }
}
