package dev.parley.signal;

import dev.parley.media.SfuCommand;
import java.util.ArrayList;
import java.util.List;

/// The way to a media half that keeps its orders and does nothing.
public class RecordedPort implements MediaPort {
  public final List<SfuCommand> orders = new ArrayList<>();
  public boolean available;

  /// @param available at first
  public RecordedPort(boolean available) {
    this.available = available;
  }

  @Override
  public boolean available() {
    return available;
  }

  @Override
  public void order(SfuCommand command) {
    orders.add(command);
  }

  public <C extends SfuCommand> List<C> all(Class<C> type) {
    return orders.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public <C extends SfuCommand> C last(Class<C> type) {
    return all(type).getLast();
  }
}
