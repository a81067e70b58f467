package dev.parley.protocol.stun;

import static dev.parley.protocol.stun.StunFraming.FOREIGN;
import static dev.parley.protocol.stun.StunFraming.MAX_FRAME;
import static dev.parley.protocol.stun.StunFraming.MORE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StunFramingTest {
  private static final String STUN = "000100082112a442000102030405060708090a0b8022000361626300";

  @Test
  void cutsAStreamIntoItsMessagesHoweverItArrives() {
    byte[] stream = HexFormat.of().parseHex(STUN + "400000050102030405000000" + STUN);
    for (int step = 1; step <= stream.length; step++) {
      List<Integer> frames = new ArrayList<>();
      int at = 0;
      for (int arrived = step; at < stream.length; arrived += step) {
        int available = Math.min(arrived, stream.length) - at;
        int length = StunFraming.frameLength(stream, at, available);
        if (length == MORE || length > available) {
          continue;
        }
        frames.add(length);
        at += length;
        arrived -= step;
      }
      assertEquals(List.of(28, 12, 28), frames, "in steps of " + step);
    }
  }

  @Test
  void tellsTheLengthAsSoonAsItHasArrived() {
    byte[] frame = HexFormat.of().parseHex(STUN);
    for (int available = 0; available <= frame.length; available++) {
      assertEquals(available < 4 ? MORE : 28, StunFraming.frameLength(frame, 0, available));
    }
  }

  @Test
  void knowsAForeignStreamAsSoonAsItCan() {
    assertEquals(FOREIGN, frame("16")); // TLS
    assertEquals(MORE, frame("7f")); // a channel of RFC 5766
    assertEquals(FOREIGN, frame("80"));
    assertEquals(FOREIGN, frame("00010001"));
    assertEquals(FOREIGN, frame("000100002112a443"));
    assertEquals(20, frame("00010000"));
    assertEquals(MORE, frame("40"));
    assertEquals(21_540, frame("47455420")); // HTTP's GET reads as ChannelData: only time tells
  }

  @Test
  void padsChannelDataToFour() {
    assertEquals(4, frame("40000000"));
    assertEquals(8, frame("4fff000101000000"));
    assertEquals(8, frame("4fff000101"));
    assertEquals(8, frame("40000004" + "01020304"));
  }

  @Test
  void boundsTheFrame() {
    byte[] large = new byte[MAX_FRAME];
    large[0] = 0x40;
    large[2] = (byte) 0xff;
    large[3] = (byte) 0xfc;
    assertEquals(MAX_FRAME, StunFraming.frameLength(large, 0, large.length));
    large[3] = (byte) 0xfd;
    assertEquals(FOREIGN, StunFraming.frameLength(large, 0, large.length));
    large[0] = 0;
    large[3] = (byte) 0xf0;
    assertEquals(FOREIGN, StunFraming.frameLength(large, 0, 4));
    large[3] = (byte) 0xec;
    assertEquals(MAX_FRAME, StunFraming.frameLength(large, 0, 4));
  }

  private static int frame(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    return StunFraming.frameLength(octets, 0, octets.length);
  }
}
