package dev.parley.adapter.relay;

/// The routes of one client by channel number.
final class ChannelTable extends RouteTable {
  @Override
  int hash(Route route) {
    return route.channel;
  }

  /// Hot: the route of a channel, or null.
  Route find(int channel) {
    Route[] now = slots();
    int mask = now.length - 1;
    if (mask < 0) {
      return null;
    }
    for (int i = channel & mask; now[i] != null; i = i + 1 & mask) {
      if (now[i].channel == channel) {
        return now[i];
      }
    }
    return null;
  }

  /// Adds a route; it replaces the one of the same channel.
  void put(Route route) {
    replace(find(route.channel), route);
  }

  /// Takes the route of a channel out and answers it, or null.
  Route remove(int channel) {
    Route route = find(channel);
    if (route != null) {
      takeOut(route);
    }
    return route;
  }
}
