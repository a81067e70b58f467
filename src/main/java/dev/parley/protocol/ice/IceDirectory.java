package dev.parley.protocol.ice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.Octets;

/// Finds an agent by the user name fragment in a raw STUN check, for messages from a 5-tuple that
/// nobody knows yet (RFC 8445, section 7.3). Confined to one loop.
///
/// A fragment of the server is eight octets, so it is compared as one word and a search allocates
/// nothing; it is made here and not of a stranger's choice, so the table needs no secret. Open
/// addressing, at most half full.
///
/// @param <A> what stands for an agent
public final class IceDirectory<A> {
  private static final int FEWEST = 16;

  /// The eight octets and the colon behind them.
  private static final int HALF = IceCredentials.UFRAG + 1;

  private long[] keys = new long[FEWEST];
  private Object[] agents = new Object[FEWEST];
  private int size;

  /// Enters an agent; false where the fragment is taken, and nothing changes.
  ///
  /// @param ufrag of [IceCredentials#generate]
  public boolean put(String ufrag, A agent) {
    long key = key(ufrag);
    if (agents[slot(key)] != null) {
      return false;
    }
    if (2 * ++size > keys.length) {
      resize(2 * keys.length);
    }
    set(slot(key), key, agent);
    return true;
  }

  /// Takes an agent out and returns it, or null.
  public A remove(String ufrag) {
    int slot = slot(key(ufrag));
    A gone = agent(slot);
    if (gone == null) {
      return null;
    }
    set(slot, 0, null);
    // Whoever stood further on because of the one who left moves up.
    int mask = keys.length - 1;
    for (int i = slot + 1 & mask; agents[i] != null; i = i + 1 & mask) {
      A moved = agent(i);
      long key = keys[i];
      set(i, 0, null);
      set(slot(key), key, moved);
    }
    size--;
    if (keys.length > FEWEST && 8 * size < keys.length) {
      resize(keys.length / 2);
    }
    return gone;
  }

  /// The agent whom a check is for, or null; octets that are no check are for nobody.
  public A find(byte[] octets, int at, int length) {
    int username = username(octets, at, length);
    return username < 0 ? null : agent(slot(Octets.u64(octets, username)));
  }

  /// How many agents are entered.
  public int size() {
    return size;
  }

  /// Index of a USERNAME whose first half has the length of ours, or -1.
  private static int username(byte[] octets, int at, int length) {
    if (!StunMessage.looksLike(octets, at, length)) {
      return -1;
    }
    int end = at + length;
    int value = at + StunMessage.HEADER + 4;
    for (int i = 0; i < StunMessage.MAX_ATTRIBUTES && value <= end; i++) {
      int size = Octets.u16(octets, value - 2);
      if (Octets.u16(octets, value - 4) == 0x0006) {
        boolean ours = size > HALF && value + size <= end && octets[value + HALF - 1] == ':';
        return ours ? value : -1;
      }
      value += (size + 3 & ~3) + 4;
    }
    return -1;
  }

  private static long key(String ufrag) {
    byte[] octets = ufrag.getBytes(US_ASCII);
    if (octets.length != IceCredentials.UFRAG) {
      throw new IllegalArgumentException("a fragment of " + octets.length + " octets");
    }
    return Octets.u64(octets, 0);
  }

  /// Where a key is, or the free slot where it would be.
  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = key * 0x9e37_79b9_7f4a_7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (agents[slot] != null && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void resize(int slots) {
    long[] oldKeys = keys;
    Object[] old = agents;
    keys = new long[slots];
    agents = new Object[slots];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        agents[slot] = old[i];
      }
    }
  }

  private void set(int slot, long key, A agent) {
    keys[slot] = key;
    agents[slot] = agent;
  }

  @SuppressWarnings("unchecked")
  private A agent(int slot) {
    return (A) agents[slot];
  }
}
