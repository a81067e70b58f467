package dev.parley.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
  private static final String PWD = "asd88fgpdd777uzjYhagZg";

  @Test
  void whatRfc8839AllowsIsTaken() throws IceRefused {
    assertEquals("8hhY", IceCredentials.of("8hhY", PWD).ufrag());
    IceCredentials.of("+/a0".repeat(64), "+/a0".repeat(64));
  }

  @Test
  void anythingElseIsRefused() {
    refuses("8hh", PWD);
    refuses("8hhY", PWD.substring(1));
    refuses("a".repeat(257), PWD);
    refuses("8hhY", "a".repeat(257));
    refuses("8hh:", PWD);
    refuses("8hh ", PWD);
    refuses("8hhé", PWD);
    refuses("8hh-", PWD);
    refuses("8hh@", PWD);
    refuses("8hh[", PWD);
    refuses(null, PWD);
    refuses("8hhY", null);
  }

  private static void refuses(String ufrag, String pwd) {
    assertThrows(IceRefused.class, () -> IceCredentials.of(ufrag, pwd));
  }

  @Test
  void generatedOnesAreValidAndNeverTheSame() throws IceRefused {
    Random random = new Random(1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      IceCredentials made = IceCredentials.generate(random);
      assertEquals(made, IceCredentials.of(made.ufrag(), made.pwd()));
      assertEquals(8, made.ufrag().length());
      assertEquals(24, made.pwd().length());
      assertTrue(seen.add(made.ufrag()));
      assertTrue(seen.add(made.pwd()));
    }
  }

  @Test
  void theTextTellsNoPassword() {
    IceCredentials made = IceCredentials.generate(new Random(1));
    assertFalse(made.toString().contains(made.pwd()));
    assertNotEquals("", made.toString());
  }
}
