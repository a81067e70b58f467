package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IceTcpFramerTest {
  private final Framer framer = new IceTcpFramer();

  private int frame(String hex) {
    byte[] octets = HexFormat.of().parseHex("ee" + hex);
    return framer.frameLength(octets, 1, octets.length - 1);
  }

  @Test
  void everyMessageOfWebRtcIsFramed() {
    assertEquals(22, frame("001400010000")); // STUN
    assertEquals(102, frame("006416fefd")); // DTLS
    assertEquals(1202, frame("04b080")); // SRTP
    assertEquals(14, frame("000cbf")); // SRTCP
    assertEquals(2, frame("0000"), "a null packet");
    assertEquals(2, frame("000047"), "and whatever follows it");
    assertEquals(2050, frame("0800"));
  }

  @Test
  void tooFewOctetsAskForMore() {
    assertEquals(Framer.MORE, frame("00"));
    assertEquals(Framer.MORE, frame("08"));
  }

  @Test
  void aStreamOfAnotherProtocolIsToldAtOnce() {
    assertEquals(Framer.GARBAGE, frame("47")); // HTTP
    assertEquals(Framer.GARBAGE, frame("16")); // TLS
    assertEquals(Framer.GARBAGE, frame("00010050")); // STUN without framing
    assertEquals(Framer.GARBAGE, frame("0003005c")); // TURN
    assertEquals(Framer.GARBAGE, frame("40000010")); // ChannelData
    assertEquals(Framer.GARBAGE, frame("0801"));
    assertEquals(Framer.GARBAGE, frame("ffff"));
    assertEquals(Framer.GARBAGE, frame("000b00"));
    assertEquals(Framer.GARBAGE, frame("001447"));
    assertEquals(Framer.GARBAGE, frame("0014ff"));
  }

  @Test
  void aStreamIsCutIntoItsMessagesHoweverItArrives() {
    Random random = new Random(1);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int length = i % 10 == 9 ? 0 : 12 + random.nextInt(2037);
      byte[] message = new byte[2 + length];
      random.nextBytes(message);
      message[0] = (byte) (length >> 8);
      message[1] = (byte) length;
      if (length > 0) {
        message[2] = (byte) 0x80;
      }
      stream.writeBytes(message);
      lengths.add(message.length);
    }
    byte[] octets = stream.toByteArray();
    for (int step : new int[] {1, 2, 3, 7, 1000, 5000, octets.length}) {
      List<Integer> frames = new ArrayList<>();
      int at = 0;
      for (int arrived = 0; at < octets.length; ) {
        arrived = Math.min(octets.length, arrived + step);
        int frame = 1;
        while (at < arrived && frame > 0) {
          frame = framer.frameLength(octets, at, arrived - at);
          assertTrue(frame >= 0);
          if (frame == Framer.MORE || frame > arrived - at) {
            break;
          }
          frames.add(frame);
          at += frame;
        }
      }
      assertEquals(lengths, frames, "in steps of " + step);
    }
  }
}
