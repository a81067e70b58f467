package dev.parley.protocol.rtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtensionValuesTest {
  @Test
  void anAudioLevelIsSevenBitsAndVoiceIsTheEighth() {
    byte[] octets = Hex.octets("00 9e 7f 80");
    assertEquals(30, ExtensionValues.audioLevel(octets, 1, 1));
    assertTrue(ExtensionValues.voiceActivity(octets, 1, 1));
    assertEquals(ExtensionValues.SILENCE, ExtensionValues.audioLevel(octets, 2, 1));
    assertFalse(ExtensionValues.voiceActivity(octets, 2, 1));
    assertEquals(0, ExtensionValues.audioLevel(octets, 3, 1));
  }

  @Test
  void aValueOfAnotherLengthIsNone() {
    byte[] octets = new byte[8];
    octets[0] = (byte) 0x80;
    assertEquals(ExtensionValues.NONE, ExtensionValues.audioLevel(octets, 0, 2));
    assertFalse(ExtensionValues.voiceActivity(octets, 0, 0));
    assertEquals(ExtensionValues.NONE, ExtensionValues.absSendTime(octets, 0, 2));
    assertEquals(ExtensionValues.NONE, ExtensionValues.transportSequence(octets, 0, 4));
  }

  @Test
  void aSendTimeIsSecondsInEighteenFractionalBits() {
    assertEquals(0x40000, ExtensionValues.absSendTime(1_000_000_000L));
    assertEquals(0x60000, ExtensionValues.absSendTime(1_500_000_000L));
    assertEquals(0, ExtensionValues.absSendTime(64_000_000_000L), "wraps after 64 s");
    assertEquals(1, ExtensionValues.absSendTime(3815L), "2^-18 s are 3814.7 ns");
    assertEquals(0xffffff, ExtensionValues.absSendTime(-1L), "just before the origin");
    assertEquals(
        0x40000, ExtensionValues.absSendTime(64_000_000_000L * 100_000_000L + 1_000_000_000L));
  }

  @Test
  void aWrittenSendTimeIsRead() {
    byte[] octets = new byte[5];
    ExtensionValues.putAbsSendTime(octets, 1, 63_999_999_999L);
    assertEquals("00ffffff00", Hex.of(octets, 0, 5));
    assertEquals(0xffffff, ExtensionValues.absSendTime(octets, 1, 3));
  }

  @Test
  void aWrittenTransportSequenceIsRead() {
    byte[] octets = new byte[4];
    ExtensionValues.putTransportSequence(octets, 1, 0x1abcd);
    assertEquals("00abcd00", Hex.of(octets, 0, 4));
    assertEquals(0xabcd, ExtensionValues.transportSequence(octets, 1, 2));
  }

  @Test
  void namesAreComparedInPlace() {
    byte[] octets = "xmid0y".getBytes(US_ASCII);
    byte[] mid = "mid0".getBytes(US_ASCII);
    assertTrue(ExtensionValues.isName(octets, 1, 4, mid));
    assertFalse(ExtensionValues.isName(octets, 1, 3, mid));
    assertFalse(ExtensionValues.isName(octets, 1, 5, mid));
    assertEquals("mid0", ExtensionValues.name(octets, 1, 4));
  }

  @Test
  void whatIsNoTokenIsNoName() {
    for (String text : new String[] {"", "a b", "a/b", "a\n", "\u007f", "a:b", "a".repeat(33)}) {
      byte[] octets = text.getBytes(US_ASCII);
      assertFalse(ExtensionValues.isName(octets, 0, octets.length), text);
      assertEquals("", ExtensionValues.name(octets, 0, octets.length));
    }
    byte[] octets = {(byte) 0xc3, (byte) 0xa9};
    assertFalse(ExtensionValues.isName(octets, 0, 2));
    assertTrue(ExtensionValues.isName("{a-_.9}".getBytes(US_ASCII), 0, 7));
  }

  @Test
  void everyUriFindsItsRow() {
    for (RtpExtension extension : RtpExtension.values()) {
      assertEquals(Optional.of(extension), RtpExtension.of(extension.uri()));
    }
    assertEquals(Optional.empty(), RtpExtension.of("urn:ietf:params:rtp-hdrext:SDES:MID"));
    assertEquals(Optional.empty(), RtpExtension.of("urn:3gpp:video-orientation:6"));
  }

  @Test
  void theSendersOwnNumbersAreNeverForwarded() {
    assertEquals(RtpExtension.Treatment.REWRITE, RtpExtension.TRANSPORT_WIDE_CC.treatment());
    assertEquals(RtpExtension.Treatment.REWRITE, RtpExtension.ABS_SEND_TIME.treatment());
    assertEquals(RtpExtension.Treatment.REWRITE, RtpExtension.MID.treatment());
    assertEquals(RtpExtension.Treatment.DROP, RtpExtension.RTP_STREAM_ID.treatment());
    assertEquals(RtpExtension.Treatment.FORWARD, RtpExtension.SSRC_AUDIO_LEVEL.treatment());
  }
}
