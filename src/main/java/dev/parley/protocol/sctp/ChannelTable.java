package dev.parley.protocol.sctp;

/// The channels of an association by their stream identifiers: an open-addressing table, so that a
/// packet makes no garbage when it looks one up.
final class ChannelTable {
  private static final int FEWEST = 8;

  private Channel[] slots = new Channel[FEWEST];
  private int count;

  int count() {
    return count;
  }

  /// The channel on a stream, or null.
  Channel of(int id) {
    int mask = slots.length - 1;
    for (int slot = home(id, mask); slots[slot] != null; slot = slot + 1 & mask) {
      if (slots[slot].id == id) {
        return slots[slot];
      }
    }
    return null;
  }

  /// Stream identifiers are given out one after the other, so spreading them takes no hash.
  private static int home(int id, int mask) {
    return (id ^ id >>> 8) & mask;
  }

  void add(Channel channel) {
    if (2 * (count + 1) > slots.length) {
      resize(2 * slots.length);
    }
    put(channel);
    count++;
  }

  private void put(Channel channel) {
    int mask = slots.length - 1;
    int slot = home(channel.id, mask);
    while (slots[slot] != null) {
      slot = slot + 1 & mask;
    }
    slots[slot] = channel;
  }

  private void resize(int size) {
    Channel[] old = slots;
    slots = new Channel[size];
    for (Channel channel : old) {
      if (channel != null) {
        put(channel);
      }
    }
  }

  void remove(Channel channel) {
    int mask = slots.length - 1;
    int slot = home(channel.id, mask);
    while (slots[slot] != channel) {
      if (slots[slot] == null) {
        return;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = null;
    count--;
    // Those behind it move up, or they would not be found.
    for (int next = slot + 1 & mask; slots[next] != null; next = next + 1 & mask) {
      Channel moved = slots[next];
      slots[next] = null;
      put(moved);
    }
    if (slots.length > FEWEST && 8 * count < slots.length) {
      resize(slots.length / 2);
    }
  }

  /// All of them, in an array of their own.
  Channel[] all() {
    Channel[] all = new Channel[count];
    int at = 0;
    for (Channel channel : slots) {
      if (channel != null) {
        all[at++] = channel;
      }
    }
    return all;
  }
}
