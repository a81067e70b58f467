package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.hex;
import static dev.parley.protocol.srtp.Octet.told;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// RFC 3711, appendices B.2 and B.3; RFC 6188, section 7; and the packet that implementations of
/// AES_CM_128_HMAC_SHA1_80 compare themselves by.
class Rfc3711VectorsTest {
  private static final byte[] MASTER_KEY = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
  private static final byte[] MASTER_SALT = hex("0EC675AD498AFEEBB6960B3AABE6");

  @Test
  void theKeyStreamOfCounterModeIsAsInAppendixB2() {
    CounterTransform transform =
        new CounterTransform(
            new SessionKeys(
                hex("2B7E151628AED2A6ABF7158809CF4F3C"),
                hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"),
                new byte[20]));
    int blocks = 0xff02;
    byte[] out = new byte[16 * blocks + 10];

    transform.sealRtp(0, 0, new byte[16 * blocks], 0, 16 * blocks, out, 0, 0);

    assertEquals("e03ead0935c95e80e166b16dd92b4eb4", hex(out, 0x0000 * 16, 16));
    assertEquals("d23513162b02d0f72a43a2fe4a5f97ab", hex(out, 0x0001 * 16, 16));
    assertEquals("41e95b3bb0a2e8dd477901e4fca894c0", hex(out, 0x0002 * 16, 16));
    assertEquals("ec8cdf7398607cb0f2d21675ea9ea1e4", hex(out, 0xfeff * 16, 16));
    assertEquals("362b7c3c6773516318a077d7fc5073ae", hex(out, 0xff00 * 16, 16));
    assertEquals("6a2cc3787889374fbeb4c81b17ba6c44", hex(out, 0xff01 * 16, 16));
  }

  @Test
  void sessionKeysAreDerivedAsInAppendixB3() {
    assertEquals(
        "c61e7a93744f39ee10734afe3ff7a087",
        told(SessionKeys.derive(MASTER_KEY, MASTER_SALT, 0, 16)));
    assertEquals(
        "30cbbc08863d8c85d49db34a9ae1", told(SessionKeys.derive(MASTER_KEY, MASTER_SALT, 2, 14)));
    assertEquals(
        "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
            + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
            + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2",
        told(SessionKeys.derive(MASTER_KEY, MASTER_SALT, 1, 94)));
  }

  @Test
  void sessionKeysOf256BitsAreDerivedAsInRfc6188() {
    byte[] key = hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6");
    byte[] salt = hex("3b04803de51ee7c96423ab5b78d2");

    assertEquals(
        "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
        told(SessionKeys.derive(key, salt, 0, 32)));
    assertEquals("fa31791685ca444a9e07c6c64e93", told(SessionKeys.derive(key, salt, 2, 14)));
    assertEquals(
        "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05", told(SessionKeys.derive(key, salt, 1, 20)));
  }

  @Test
  void sessionKeysOf192BitsAreDerivedAsInRfc6188() {
    byte[] key = hex("73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1");
    byte[] salt = hex("c8522f3acd4ce86d5add78edbb11");

    assertEquals(
        "31874736a8f1143870c26e4857d8a5b2c4a354407faadabb",
        told(SessionKeys.derive(key, salt, 0, 24)));
    assertEquals("2372b82d639b6d8503a47adc0a6c", told(SessionKeys.derive(key, salt, 2, 14)));
    assertEquals(
        "355b10973cd95b9eacf4061c7e1a7151e7cfbfcb", told(SessionKeys.derive(key, salt, 1, 20)));
  }

  @Test
  void aSaltOf96BitsIsFilledUpOnItsRight() {
    byte[] key = hex("000102030405060708090a0b0c0d0e0f");
    byte[] salt = hex("a0a1a2a3a4a5a6a7a8a9aaab");

    assertEquals("077c6143cb221bc355ff23d5f984a16e", told(SessionKeys.derive(key, salt, 0, 16)));
    assertEquals("9af3e95364ebac9c99c5a7c4", told(SessionKeys.derive(key, salt, 2, 12)));
  }

  @Test
  void thePacketOthersCompareThemselvesByComesOut() {
    assertPackets(
        SrtpProfile.SRTP_AES128_CM_HMAC_SHA1_80,
        MASTER_KEY,
        MASTER_SALT,
        "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
        "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
    assertPackets(
        SrtpProfile.AEAD_AES_128_GCM,
        hex("000102030405060708090a0b0c0d0e0f"),
        hex("a0a1a2a3a4a5a6a7a8a9aaab"),
        "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
        "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001");
  }

  private static void assertPackets(
      SrtpProfile profile, byte[] key, byte[] salt, String srtp, String srtcp) {
    byte[] exported = new byte[profile.exporterLength()];
    System.arraycopy(key, 0, exported, 0, key.length);
    System.arraycopy(salt, 0, exported, 2 * key.length, salt.length);
    SrtpSender sender = SrtpKeys.of(profile, exported, SrtpKeys.Role.CLIENT).sender();
    byte[] rtp = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
    byte[] rtcp = hex("81c8000bcafebabe" + "ab".repeat(16));

    byte[] protectedRtp = Octet.protect(sender, rtp);
    byte[] protectedRtcp = Octet.protectRtcp(sender, rtcp);

    assertEquals("800f1234decafbadcafebabe" + srtp, told(protectedRtp));
    assertEquals("81c8000bcafebabe" + srtcp, told(protectedRtcp));
    SrtpReceiver receiver = SrtpKeys.of(profile, exported, SrtpKeys.Role.SERVER).receiver(1);
    assertEquals(told(rtp), Octet.unprotect(receiver, protectedRtp));
    assertEquals(told(rtcp), Octet.unprotectRtcp(receiver, protectedRtcp));
  }
}
