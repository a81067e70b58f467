package dev.parley.adapter.relay;

/// Routes by one of their keys, found without allocating: open addressing that grows from nothing.
///
/// Changed by one loop only. Other loops may look into it, so a change makes a new array.
abstract class RouteTable {
  private static final Route[] NONE = {};

  private volatile Route[] slots = NONE;
  private int size;

  /// The hash of a route's key.
  abstract int hash(Route route);

  /// Hot: what is there now; its length is 0 or a power of two, and one slot at least is empty.
  final Route[] slots() {
    return slots;
  }

  final boolean isEmpty() {
    return size == 0;
  }

  /// Adds a route.
  ///
  /// @param former of the same key, or null
  final void replace(Route former, Route route) {
    boolean roomy = 2 * (size + 1) <= slots.length;
    rebuild(roomy ? slots.length : Math.max(4, 2 * slots.length), former, route);
  }

  /// Takes a route out that is there.
  final void takeOut(Route route) {
    rebuild(slots.length, route, null);
  }

  private void rebuild(int length, Route without, Route with) {
    Route[] next = new Route[length];
    size = 0;
    for (Route route : slots) {
      if (route != null && route != without) {
        insert(next, route);
      }
    }
    if (with != null) {
      insert(next, with);
    }
    slots = next;
  }

  private void insert(Route[] into, Route route) {
    int mask = into.length - 1;
    int i = hash(route) & mask;
    while (into[i] != null) {
      i = i + 1 & mask;
    }
    into[i] = route;
    size++;
  }
}
