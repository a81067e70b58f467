package dev.parley.protocol.rtcp;

import static dev.parley.protocol.rtcp.RtcpRefusal.BITRATE;
import static dev.parley.protocol.rtcp.RtcpRefusal.BODY;
import static dev.parley.protocol.rtcp.RtcpRefusal.FCI;
import static dev.parley.protocol.rtcp.RtcpRefusal.NO_STATUS;
import static dev.parley.protocol.rtcp.RtcpRefusal.OVERRUN;
import static dev.parley.protocol.rtcp.RtcpRefusal.PADDING;
import static dev.parley.protocol.rtcp.RtcpRefusal.STATUS;
import static dev.parley.protocol.rtcp.RtcpRefusal.STATUSES;
import static dev.parley.protocol.rtcp.RtcpRefusal.TEXT;
import static dev.parley.protocol.rtcp.RtcpRefusal.TOO_SHORT;
import static dev.parley.protocol.rtcp.RtcpRefusal.VERSION;
import static dev.parley.protocol.rtcp.RtcpRefusal.XR_BLOCK;
import static dev.parley.protocol.rtcp.Told.read;
import static dev.parley.protocol.rtcp.Told.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A corpus of malformed packets: each is refused for its own reason, alone and behind a good one.
class RtcpRefusalTest {
  private static final String PLI = "81ce0002 00000001 00000002";
  private static final String TWCC = "00000001 00000002";

  static Stream<Arguments> corpus() {
    return Stream.of(
        Arguments.of("three octets", TOO_SHORT, "80c900"),
        Arguments.of("version 1", VERSION, "41c90001 00000001"),
        Arguments.of("version 3", VERSION, "c1c90001 00000001"),
        Arguments.of("one word too long", OVERRUN, "80c90002 00000001"),
        Arguments.of("the greatest length", OVERRUN, "80c9ffff 00000001"),
        Arguments.of("padding of zero octets", PADDING, "a0c90001 00000000"),
        Arguments.of("padding that eats the header", PADDING, "a0c90001 00000005"),
        Arguments.of("padding of 255", PADDING, "a0c90001 000000ff"),
        Arguments.of("padding without a body", PADDING, "a0c90000"),
        Arguments.of("SR shorter than itself", BODY, "80c80005" + "00".repeat(20)),
        Arguments.of("SR that lacks its block", BODY, "81c80006" + "00".repeat(24)),
        Arguments.of("SR whose block is padding", BODY, "a1c8000c" + "00".repeat(47) + "04"),
        Arguments.of("RR without an SSRC", BODY, "80c90000"),
        Arguments.of("RR of 31 blocks with one", BODY, "9fc90007" + "00".repeat(28)),
        Arguments.of("SDES without its chunk", TEXT, "81ca0000"),
        Arguments.of("SDES chunk without an item", TEXT, "81ca0001 00000001"),
        Arguments.of("CNAME longer than its packet", TEXT, "81ca0002 00000001 01036162"),
        Arguments.of("CNAME of 255", TEXT, "81ca0002 00000001 01ff6162"),
        Arguments.of("SDES list without an end", TEXT, "81ca0002 00000001 01026162"),
        Arguments.of("SDES item without a length", TEXT, "81ca0002 00000001 06016101"),
        Arguments.of("second chunk missing", TEXT, "82ca0002 00000001 01016100"),
        Arguments.of("BYE that lacks an SSRC", BODY, "82cb0001 00000001"),
        Arguments.of("BYE whose reason overruns", TEXT, "81cb0002 00000001 04616263"),
        Arguments.of("NACK without a media SSRC", BODY, "81cd0001 00000001"),
        Arguments.of("NACK without a pair", FCI, "81cd0002 00000001 00000002"),
        Arguments.of("NACK of half a pair", FCI, "a1cd0003 00000001 00000002 00010002"),
        Arguments.of("PLI without a media SSRC", BODY, "81ce0001 00000001"),
        Arguments.of("FIR without an entry", FCI, "84ce0002 00000001 00000000"),
        Arguments.of("FIR of half an entry", FCI, "84ce0003 00000001 00000000 00000002"),
        Arguments.of("REMB without a rate", FCI, "8fce0003 00000001 00000000 52454d42"),
        Arguments.of("REMB of one SSRC too few", FCI, remb("01 000001")),
        Arguments.of("REMB of one SSRC too many", FCI, remb5("00 000001 00000001")),
        Arguments.of("REMB of 2^63", BITRATE, remb("00 fc0001")),
        Arguments.of("REMB of just 2^63", BITRATE, remb("00 ba0000")),
        Arguments.of("XR without an SSRC", BODY, "80cf0000"),
        Arguments.of("XR block overruns", XR_BLOCK, "80cf0002 00000001 04000002"),
        Arguments.of("RRTR of one word", XR_BLOCK, "80cf0003 00000001 04000001 00000000"),
        Arguments.of("DLRR of one word", XR_BLOCK, "80cf0003 00000001 05000001 00000000"),
        Arguments.of("unknown block overruns", XR_BLOCK, "80cf0002 00000001 63000001"),
        Arguments.of("XR of half a block", XR_BLOCK, "a0cf0002 00000001 04000002"),
        Arguments.of("TWCC without a chunk", BODY, "8fcd0004" + TWCC + "00000001 00000000"),
        Arguments.of("TWCC of no status", NO_STATUS, twcc("0000", "2001 0000")),
        Arguments.of("TWCC reserved run", STATUS, twcc("0001", "6001 0000")),
        Arguments.of("TWCC reserved in a vector", STATUS, twcc("0002", "cc00 0000")),
        Arguments.of("TWCC that lacks a chunk", STATUSES, twcc("0003", "0001 0001")),
        Arguments.of("TWCC that lacks small deltas", STATUSES, twcc("0003", "2003 0000")),
        Arguments.of("TWCC that lacks a large delta", STATUSES, twcc("0002", "4002 0000")),
        Arguments.of("TWCC that lacks deltas of bits", STATUSES, twcc("000e", "bfff 0000")),
        Arguments.of("TWCC of empty runs", STATUSES, twcc("ffff", "0000 2000")));
  }

  private static String remb(String rest) {
    return "8fce0004 00000001 00000000 52454d42" + rest;
  }

  private static String remb5(String rest) {
    return "8fce0005 00000001 00000000 52454d42" + rest;
  }

  private static String twcc(String count, String rest) {
    return "8fcd0005" + TWCC + "0001" + count + "00000100" + rest;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void aMalformedPacketTellsNothing(String what, RtcpRefusal refusal, String hex) {
    assertEquals(refused(refusal), read(hex));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void whatStandsBeforeItIsTold(String what, RtcpRefusal refusal, String hex) {
    assertEquals(refused(refusal, new Told.Pli(1, 2)), read(PLI + hex));
  }

  @Test
  void nothingIsTooShort() {
    assertEquals(refused(TOO_SHORT), read(""));
  }

  @Test
  void everyPrefixOfACompoundIsRefusedOrEndsBetweenPackets() {
    byte[] octets = Told.octets(PLI + "80c90001 00000007" + PLI);
    for (int length = 0; length < octets.length; length++) {
      boolean whole = length == 12 || length == 20;
      RtcpRefusal refusal = read(Arrays.copyOf(octets, length)).refusal();
      assertEquals(whole, refusal == RtcpRefusal.NONE, "of " + length);
    }
  }

  @Test
  void reservedStatusesBeyondTheCountDoNotMatter() {
    assertEquals(RtcpRefusal.NONE, read(twcc("0001", "c3ff 0000")).refusal());
  }

  @Test
  void onASharedPortTheSecondOctetTellsRtcpFromRtp() {
    assertTrue(looksLike("80c80001 00000001"));
    assertTrue(looksLike("80c00001 00000001"));
    assertTrue(looksLike("80df0001 00000001"));
    assertFalse(looksLike("80bf0001 00000001"));
    assertFalse(looksLike("80e00001 00000001"));
    assertFalse(looksLike("80600001 00000001"));
    assertFalse(looksLike("00c80001 00000001"));
    assertFalse(looksLike("80c80001 000000"));
  }

  private static boolean looksLike(String hex) {
    byte[] octets = Told.octets(hex);
    return RtcpReader.looksLike(octets, 0, octets.length);
  }
}
