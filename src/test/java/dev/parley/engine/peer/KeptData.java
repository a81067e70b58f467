package dev.parley.engine.peer;

import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;
import java.util.ArrayList;
import java.util.List;

/// Keeps what data channels tell.
final class KeptData implements DataSide {
  final List<ChannelForm> opened = new ArrayList<>();

  /// Label and reason.
  final List<String> closed = new ArrayList<>();

  final List<DataMessage> messages = new ArrayList<>();
  int relieved;

  @Override
  public void opened(ChannelForm form) {
    opened.add(form);
  }

  @Override
  public void closed(String label, String reason) {
    closed.add(label + " " + reason);
  }

  @Override
  public void received(DataMessage message) {
    messages.add(message);
  }

  @Override
  public void relieved() {
    relieved++;
  }
}
