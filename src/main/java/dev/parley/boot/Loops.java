package dev.parley.boot;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import java.util.List;

/// The event loops as the rest of boot reaches them; any thread may.
interface Loops {
  /// How many there are.
  int loops();

  /// Leaves a command for one loop; false where its mailbox is full or it has ended.
  boolean post(int loop, MediaCommand command);

  /// What became of every listener: [MediaEvent.ListenerUp] or [MediaEvent.ListenerFailed].
  List<MediaEvent> listeners();
}
