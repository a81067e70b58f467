package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.MediaCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailboxTest {
  @Test
  void handsOutInOrderAndRefusesWhenFull() {
    Mailbox mailbox = new Mailbox(4);
    List<MediaCommand> sent = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      sent.clear();
      for (int i = 0; i < 4; i++) {
        sent.add(new MediaCommand.Stop());
        assertTrue(mailbox.offer(sent.get(i)));
      }
      assertFalse(mailbox.offer(new MediaCommand.Stop()));
      for (MediaCommand command : sent) {
        assertFalse(mailbox.isEmpty());
        assertSame(command, mailbox.poll());
      }
      assertTrue(mailbox.isEmpty());
      assertNull(mailbox.poll());
    }
  }

  @Test
  void smallestMailboxHoldsOne() {
    Mailbox mailbox = new Mailbox(1);
    assertTrue(mailbox.offer(new MediaCommand.Stop()));
    assertFalse(mailbox.offer(new MediaCommand.Stop()));
    mailbox.poll();
    assertTrue(mailbox.offer(new MediaCommand.Stop()));
  }

  @Test
  void losesAndDoublesNothingAmongManyWriters() throws Exception {
    Mailbox mailbox = new Mailbox(64);
    int each = 20_000;
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread writer =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  MediaCommand command = new MediaCommand.Stop();
                  while (!mailbox.offer(command)) {
                    Thread.yield();
                  }
                }
              });
      writer.start();
      writers.add(writer);
    }
    Set<MediaCommand> got = Collections.newSetFromMap(new IdentityHashMap<>());
    while (got.size() < 3 * each) {
      MediaCommand command = mailbox.poll();
      if (command == null) {
        Thread.yield();
      } else {
        assertTrue(got.add(command));
      }
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertNull(mailbox.poll());
    assertEquals(3 * each, got.size());
  }
}
