package dev.parley.adapter.relay;

/// The routes of one client by channel number; open addressing that grows.
final class ChannelTable {
  private Route[] slots = new Route[2];
  private int size;

  /// Hot: the route of a channel, or null.
  Route find(int channel) {
    int mask = slots.length - 1;
    for (int i = channel & mask; slots[i] != null; i = i + 1 & mask) {
      if (slots[i].channel == channel) {
        return slots[i];
      }
    }
    return null;
  }

  void put(Route route) {
    remove(route.channel);
    if (2 * (size + 1) > slots.length) {
      rebuild(2 * slots.length, null);
    }
    insert(route);
  }

  /// Takes the route of a channel out and answers it, or null.
  Route remove(int channel) {
    Route route = find(channel);
    if (route != null) {
      rebuild(slots.length, route);
    }
    return route;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private void rebuild(int length, Route without) {
    Route[] former = slots;
    slots = new Route[length];
    size = 0;
    for (Route route : former) {
      if (route != null && route != without) {
        insert(route);
      }
    }
  }

  private void insert(Route route) {
    int mask = slots.length - 1;
    int i = route.channel & mask;
    while (slots[i] != null) {
      i = i + 1 & mask;
    }
    slots[i] = route;
    size++;
  }
}
