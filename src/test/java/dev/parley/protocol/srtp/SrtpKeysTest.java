package dev.parley.protocol.srtp;

import static dev.parley.protocol.srtp.Octet.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SrtpKeysTest {
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @Test
  void profilesStandInTheOrderOfPreference() {
    assertEquals(
        List.of(0x0007, 0x0008, 0x0001),
        Stream.of(SrtpProfile.values()).map(SrtpProfile::code).toList());
  }

  @Test
  void profilesAreFoundByTheirNumberAndOthersAreNot() {
    for (SrtpProfile profile : SrtpProfile.values()) {
      assertSame(profile, SrtpProfile.of(profile.code()));
    }
    assertNull(SrtpProfile.of(0x0002));
    assertNull(SrtpProfile.of(0xffff));
    assertNull(SrtpProfile.of(-1));
  }

  @Test
  void theExporterGivesKeysAndSaltsOfBothEnds() {
    assertEquals(
        List.of(56, 88, 60),
        Stream.of(SrtpProfile.values()).map(SrtpProfile::exporterLength).toList());
  }

  @Test
  void refusalsAreNegativeAndFoundByTheirNumber() {
    for (SrtpRefusal refusal : SrtpRefusal.values()) {
      assertSame(refusal, SrtpRefusal.of(refusal.code()));
      assertEquals(-1 - refusal.ordinal(), refusal.code());
    }
  }

  @Test
  void clientKeysComeBeforeServerKeysAndBothBeforeTheSalts() {
    byte[] exported = new byte[GCM.exporterLength()];
    for (int i = 0; i < exported.length; i++) {
      exported[i] = (byte) i;
    }

    SrtpKeys keys = SrtpKeys.of(GCM, exported, SrtpKeys.Role.CLIENT);

    assertEquals("000102030405060708090a0b0c0d0e0f", told(keys.outgoing().key()));
    assertEquals("101112131415161718191a1b1c1d1e1f", told(keys.incoming().key()));
    assertEquals("202122232425262728292a2b", told(keys.outgoing().salt()));
    assertEquals("2c2d2e2f3031323334353637", told(keys.incoming().salt()));
  }

  @Test
  void whatTheClientSendsTheServerReceives() {
    SrtpKeys client = Octet.client(GCM);
    SrtpKeys server = Octet.server(GCM);

    assertEquals(told(client.outgoing().key()), told(server.incoming().key()));
    assertEquals(told(client.outgoing().salt()), told(server.incoming().salt()));
    assertEquals(told(server.outgoing().key()), told(client.incoming().key()));
    assertEquals(told(server.outgoing().salt()), told(client.incoming().salt()));
  }

  @Test
  void theCallerMayWipeWhatTheExporterGave() {
    byte[] exported = Octet.exported(GCM);
    SrtpKeys keys = SrtpKeys.of(GCM, exported, SrtpKeys.Role.CLIENT);
    Arrays.fill(exported, (byte) 0);

    assertEquals(told(Octet.client(GCM).outgoing().key()), told(keys.outgoing().key()));
  }

  @Test
  void anotherLengthOfTheExporterIsTheCallersMistake() {
    assertThrows(
        IllegalArgumentException.class, () -> SrtpKeys.of(GCM, new byte[60], SrtpKeys.Role.CLIENT));
  }

  @Test
  void nothingTellsAKey() {
    SrtpKeys keys = Octet.client(GCM);
    String key = told(keys.outgoing().key()).substring(0, 8);

    for (Object secret :
        List.of(
            keys,
            keys.outgoing(),
            SessionKeys.rtp(keys.outgoing()),
            keys.sender(),
            keys.receiver(1))) {
      assertFalse(secret.toString().contains(key), secret.getClass().getSimpleName());
      assertFalse(secret.toString().contains("@"), secret.getClass().getSimpleName());
    }
  }
}
