package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.TrackKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferedTest {
  private static List<Offered> read(String section) {
    return Offered.read("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n" + section);
  }

  /// Firefox offers every further track so.
  @Test
  void aSectionThatOnlyLivesInItsBundleSends() {
    String section = "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\na=sendonly\r\na=mid:2\r\n";
    assertEquals(
        List.of(new Offered(TrackKind.VIDEO, "2", true, "{b}")),
        read(section + "a=msid:{a} {b}\r\n"));
  }

  @Test
  void aSectionWithPortZeroIsStopped() {
    String section = "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\na=mid:2\r\n";
    assertEquals(List.of(new Offered(TrackKind.VIDEO, "2", false, null)), read(section));
  }

  @Test
  void aSectionInItsBundleMayBeIdle() {
    String section = "m=audio 0 UDP/TLS/RTP/SAVPF 96\r\na=inactive\r\na=bundle-only\r\na=mid:1\r\n";
    assertEquals(List.of(new Offered(TrackKind.AUDIO, "1", false, null)), read(section));
  }
}
