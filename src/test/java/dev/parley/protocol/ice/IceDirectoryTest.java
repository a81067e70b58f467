package dev.parley.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.IceClient;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IceDirectoryTest {
  private final Random random = new Random(1);
  private final IceDirectory<String> directory = new IceDirectory<>();

  private static String find(IceDirectory<String> directory, byte[] check) {
    byte[] buffer = new byte[check.length + 3];
    System.arraycopy(check, 0, buffer, 3, check.length);
    return directory.find(buffer, 3, check.length);
  }

  @Test
  void aCheckFindsItsAgent() {
    IceCredentials one = IceCredentials.generate(random);
    IceCredentials two = IceCredentials.generate(random);
    assertTrue(directory.put(one.ufrag(), "one"));
    assertTrue(directory.put(two.ufrag(), "two"));
    assertFalse(directory.put(one.ufrag(), "again"));
    assertEquals("one", find(directory, new IceClient(one, 1).check(true)));
    assertEquals("two", find(directory, new IceClient(two, 2).check(false)));
    assertEquals("one", directory.remove(one.ufrag()));
    assertNull(directory.remove(one.ufrag()));
    assertNull(find(directory, new IceClient(one, 3).check(true)));
    assertEquals("two", find(directory, new IceClient(two, 4).check(true)));
  }

  @Test
  void manyComeAndGoAndOnlyTheRightOnesAreFound() {
    List<IceCredentials> present = new ArrayList<>();
    List<IceCredentials> gone = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 300; i++) {
        IceCredentials credentials = IceCredentials.generate(random);
        present.add(credentials);
        assertTrue(directory.put(credentials.ufrag(), credentials.ufrag()));
      }
      Collections.shuffle(present, random);
      while (present.size() > 100) {
        IceCredentials last = present.removeLast();
        gone.add(last);
        assertEquals(last.ufrag(), directory.remove(last.ufrag()));
      }
      assertEquals(present.size(), directory.size());
      for (IceCredentials credentials : present) {
        byte[] check = new IceClient(credentials, 1).check(true);
        assertEquals(credentials.ufrag(), find(directory, check));
      }
      for (IceCredentials credentials : gone.subList(gone.size() - 50, gone.size())) {
        assertNull(find(directory, new IceClient(credentials, 1).check(true)));
      }
    }
  }

  @Test
  void usernamesOfOtherShapesAreForNobody() {
    IceCredentials own = IceCredentials.generate(random);
    directory.put(own.ufrag(), "own");
    IceClient client = new IceClient(own, 1);
    for (String username : List.of("", ":", own.ufrag(), own.ufrag() + ":", own.ufrag() + "x:y")) {
      byte[] octets = client.unsigned(w -> w.text(StunAttribute.USERNAME, username));
      assertNull(find(directory, octets), username);
    }
    assertNull(find(directory, client.unsigned(StunWriter::fingerprint)));
    byte[] good = client.unsigned(w -> w.text(StunAttribute.USERNAME, own.ufrag() + ":y"));
    assertEquals("own", find(directory, good));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      if (length < good.length - 2) { // the padding is nobody's
        assertNull(directory.find(cut, 0, length), "of " + length + " octets");
      }
    }
  }

  @Test
  void aFragmentThatIsNotOursCannotBeEntered() {
    assertThrows(IllegalArgumentException.class, () -> directory.put("abcd", "x"));
  }
}
