package dev.parley.boot;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Loops that note what they are told and answer as a test says.
final class FakeLoops implements Loops {
  /// A command that was left for a loop.
  record Posted(int loop, MediaCommand command) {}

  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final int count;
  private final List<MediaEvent> listeners;
  private final Consumer<MediaEvent> events;

  /// What a loop answers to a command, or null; and null for a full mailbox is [#deaf].
  private BiFunction<Integer, MediaCommand, MediaEvent> answer = (loop, command) -> null;

  private volatile int deaf = -1;

  FakeLoops(int count, List<MediaEvent> listeners, Consumer<MediaEvent> events) {
    this.count = count;
    this.listeners = List.copyOf(listeners);
    this.events = events;
  }

  void answer(BiFunction<Integer, MediaCommand, MediaEvent> how) {
    answer = how;
  }

  /// From now on the mailbox of a loop is full.
  void deaf(int loop) {
    deaf = loop;
  }

  /// What was posted since the last call.
  List<Posted> take() {
    var taken = new ArrayList<Posted>();
    posted.drainTo(taken);
    return taken;
  }

  /// Waits for the next command.
  Posted next() throws InterruptedException {
    return posted.take();
  }

  @Override
  public int loops() {
    return count;
  }

  @Override
  public boolean post(int loop, MediaCommand command) {
    if (loop == deaf) {
      return false;
    }
    posted.add(new Posted(loop, command));
    MediaEvent event = answer.apply(loop, command);
    if (event != null) {
      events.accept(event);
    }
    return true;
  }

  @Override
  public List<MediaEvent> listeners() {
    return listeners;
  }
}
