package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  /// The rows of RFC 6184, section 8.1, table 5.
  @ParameterizedTest
  @CsvSource({
    "42e01f,CONSTRAINED_BASELINE",
    "42C034,CONSTRAINED_BASELINE",
    "4d801f,CONSTRAINED_BASELINE",
    "58f00a,CONSTRAINED_BASELINE",
    "42001f,BASELINE",
    "42a01f,BASELINE",
    "58801f,BASELINE",
    "4d001f,MAIN",
    "4d400a,MAIN",
    "58001f,EXTENDED",
    "64001f,HIGH",
    "640c1f,CONSTRAINED_HIGH",
    "f4001f,PREDICTIVE_HIGH_444",
    "42011f,UNKNOWN",
    "990000,UNKNOWN",
    "42e0,UNKNOWN",
    ",BASELINE"
  })
  void aProfileIsSpelledInSeveralWays(String spelled, H264Profile profile) {
    assertEquals(profile, H264Profile.of(spelled));
  }

  @Test
  void defaultsAreTheSameAsSaid() {
    same("VP9/90000", "", "profile-id=0", true);
    same("VP9/90000", "", "profile-id=2", false);
    same("AV1/90000", "level-idx=5", "profile=0;tier=0", true);
    same("AV1/90000", "profile=1", "", false);
    same(
        "H264/90000",
        "profile-level-id=42e01f",
        "profile-level-id=42c00b;packetization-mode=0",
        true);
    same(
        "H264/90000",
        "profile-level-id=42e01f",
        "profile-level-id=42e01f;packetization-mode=1",
        false);
    same("H265/90000", "level-id=93", "profile-id=1;tx-mode=SRST", true);
    same("opus/48000", "stereo=1", "", true);
  }

  private static void same(String name, String one, String other, boolean same) {
    String[] parts = name.split("/");
    int clock = Integer.parseInt(parts[1]);
    String first = PayloadFormat.identity(new Codec(1, parts[0], clock, 1, one, List.of()));
    String second =
        PayloadFormat.identity(
            new Codec(2, parts[0].toLowerCase(Locale.ROOT), clock, 1, other, List.of()));
    if (same) {
      assertEquals(first, second);
    } else {
      assertNotEquals(first, second);
    }
  }
}
