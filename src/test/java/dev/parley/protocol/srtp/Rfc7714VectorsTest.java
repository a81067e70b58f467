package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.hex;
import static dev.parley.protocol.srtp.Octet.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// RFC 7714, sections 16 and 17: packets under given session keys.
class Rfc7714VectorsTest {
  private static final SessionKeys KEYS_128 = keys("000102030405060708090a0b0c0d0e0f");
  private static final SessionKeys KEYS_256 =
      keys("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private static final String RTP_HEADER = "8040f17b8041f8d35501a0b2";
  private static final String RTP_PAYLOAD =
      "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
  private static final String SRTP_128 =
      """
      f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833
      899d7f27beb16a9152cf765ee4390cce\
      """;
  private static final String SRTP_256 =
      """
      32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b
      7aa3db36dfffd6b0f9bb7878d7a76c13\
      """;

  // The packet that the subsections work on; the one printed before them differs.
  private static final String RTCP_HEADER = "81c8000d4d617273";
  private static final String RTCP_BODY =
      "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
  private static final String SRTCP_128 =
      """
      63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b
      c84aa45896cf4d2fc5abf87245d9eade800005d4\
      """;
  private static final String SRTCP_256 =
      """
      d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad
      1d1eb30c4446839f57ff6f6cb26ac3be800005d4\
      """;
  private static final String TAG_ONLY_128 = "841dd9683dd78ec92ae58790125f62b3000005d4";
  private static final String TAG_ONLY_256 = "91db4afbfeee5a978fab4393ed2615fe000005d4";

  @Test
  void packetsAreProtectedAsInSection16() {
    assertRtp(KEYS_128, SRTP_128);
    assertRtp(KEYS_256, SRTP_256);
  }

  @Test
  void controlPacketsAreProtectedAsInSection17() {
    assertRtcp(KEYS_128, SRTCP_128);
    assertRtcp(KEYS_256, SRTCP_256);
  }

  @Test
  void controlPacketsWithATagOnlyAreTakenAsInSection17() {
    assertTagOnly(KEYS_128, TAG_ONLY_128);
    assertTagOnly(KEYS_256, TAG_ONLY_256);
  }

  @Test
  void wholePacketsGoThroughSenderAndReceiver() {
    SrtpSender sender = new SrtpSender(SrtpProfile.AEAD_AES_128_GCM, KEYS_128, KEYS_128);
    SrtpReceiver receiver = new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, KEYS_128, KEYS_128, 1);
    sender.continueRtcpAfter(0x5d3);

    byte[] srtp = Octet.protect(sender, hex(RTP_HEADER + RTP_PAYLOAD));
    byte[] srtcp = Octet.protectRtcp(sender, hex(RTCP_HEADER + RTCP_BODY));

    assertEquals(told(hex(RTP_HEADER + SRTP_128)), told(srtp));
    assertEquals(told(hex(RTCP_HEADER + SRTCP_128)), told(srtcp));
    assertEquals(RTP_HEADER + RTP_PAYLOAD, Octet.unprotect(receiver, srtp));
    assertEquals(RTCP_HEADER + RTCP_BODY, Octet.unprotectRtcp(receiver, srtcp));
    assertEquals(
        RTCP_HEADER + RTCP_BODY,
        Octet.unprotectRtcp(
            new SrtpReceiver(SrtpProfile.AEAD_AES_128_GCM, KEYS_128, KEYS_128, 1),
            hex(RTCP_HEADER + RTCP_BODY + TAG_ONLY_128)));
  }

  private static void assertRtp(SessionKeys keys, String expected) {
    byte[] payload = hex(RTP_PAYLOAD);
    byte[] out = new byte[12 + payload.length + 16];
    System.arraycopy(hex(RTP_HEADER), 0, out, 0, 12);

    new GcmTransform(keys).sealRtp(0x5501a0b2, 0xf17b, payload, 0, payload.length, out, 0, 12);

    assertEquals(told(hex(RTP_HEADER + expected)), told(out));
    byte[] plain = new byte[12 + payload.length];
    assertTrue(
        new GcmTransform(keys).openRtp(0x5501a0b2, 0xf17b, out, 0, out.length, 12, plain, 0));
    assertEquals(RTP_PAYLOAD, hex(plain, 12, payload.length));
  }

  private static void assertRtcp(SessionKeys keys, String expected) {
    byte[] packet = hex(RTCP_HEADER + RTCP_BODY);
    byte[] out = new byte[packet.length + 20];
    System.arraycopy(packet, 0, out, 0, 8);

    new GcmTransform(keys).sealRtcp(0x4d617273, 0x8000_05d4, packet, 0, packet.length, out, 0);

    assertEquals(told(hex(RTCP_HEADER + expected)), told(out));
    byte[] plain = new byte[packet.length];
    assertTrue(
        new GcmTransform(keys).openRtcp(0x4d617273, 0x8000_05d4, out, 0, out.length, plain, 0));
    assertEquals(RTCP_BODY, hex(plain, 8, packet.length - 8));
  }

  private static void assertTagOnly(SessionKeys keys, String trailer) {
    byte[] packet = hex(RTCP_HEADER + RTCP_BODY + trailer);
    byte[] plain = new byte[packet.length - 20];
    assertTrue(
        new GcmTransform(keys).openRtcp(0x4d617273, 0x5d4, packet, 0, packet.length, plain, 0));
    assertEquals(RTCP_BODY, hex(plain, 8, plain.length - 8));
  }

  private static SessionKeys keys(String key) {
    return new SessionKeys(hex(key), hex("517569642070726f2071756f"), new byte[0]);
  }
}
