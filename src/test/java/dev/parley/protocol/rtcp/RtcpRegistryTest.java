package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RtcpRegistryTest {
  @Test
  void everyTypeIsFoundByItsCode() {
    for (RtcpType type : RtcpType.values()) {
      assertSame(type, RtcpType.of(type.code()));
    }
    assertNull(RtcpType.of(199));
    assertNull(RtcpType.of(0));
    assertNull(RtcpType.of(191));
    assertNull(RtcpType.of(224));
    assertNull(RtcpType.of(255));
  }

  @Test
  void theTypesOfTheRfcsHaveTheirNumbers() {
    assertSame(RtcpType.SR, RtcpType.of(200));
    assertSame(RtcpType.RR, RtcpType.of(201));
    assertSame(RtcpType.SDES, RtcpType.of(202));
    assertSame(RtcpType.BYE, RtcpType.of(203));
    assertSame(RtcpType.APP, RtcpType.of(204));
    assertSame(RtcpType.RTPFB, RtcpType.of(205));
    assertSame(RtcpType.PSFB, RtcpType.of(206));
    assertSame(RtcpType.XR, RtcpType.of(207));
  }

  @Test
  void everyFeedbackIsFoundByTypeAndFormat() {
    Set<String> rows = new HashSet<>();
    for (RtcpFeedback feedback : RtcpFeedback.values()) {
      assertSame(feedback, RtcpFeedback.of(feedback.type(), feedback.format()));
      rows.add(feedback.type() + "/" + feedback.format());
    }
    assertEquals(RtcpFeedback.values().length, rows.size());
    assertNull(RtcpFeedback.of(RtcpType.RTPFB, 2));
    assertNull(RtcpFeedback.of(RtcpType.PSFB, 14));
    assertNull(RtcpFeedback.of(RtcpType.SR, 1));
    assertNull(RtcpFeedback.of(RtcpType.PSFB, 32));
    assertNull(RtcpFeedback.of(RtcpType.PSFB, -1));
  }
}
