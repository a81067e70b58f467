package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SctpChurnTest {
  private static final int TIMES = 10_000;

  @Test
  void tenThousandChannelsOfOneAssociationLeaveNothing() {
    SctpPair pair = SctpPair.up();
    for (int i = 0; i < TIMES; i++) {
      TestEnd end = i % 2 == 0 ? pair.client : pair.server;
      int channel = end.open(ChannelParameters.reliable("c" + i));
      assertTrue(channel < 8192, "the number is used again");
      end.text(channel, "m" + i);
      end.association.close(channel, pair.now);
      pair.until(() -> end.told(new SctpEvent.Closed(channel, ChannelEnd.CLOSED_HERE)));
      end.other.events.clear();
      end.events.clear();
    }
    assertEquals(TIMES, pair.client.messages.size() + pair.server.messages.size());
    pair.settle();
    assertEquals(0, pair.client.association.held() + pair.server.association.held());
    assertEquals(0, pair.client.association.incoming() + pair.server.association.incoming());
  }

  @Test
  void tenThousandAssociationsOfOneLoopLeaveNothing() {
    SctpKit kit = new SctpKit(new Random(1), new byte[32]);
    List<WeakReference<SctpAssociation>> gone = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      SctpPair pair = new SctpPair(SctpPair.Conditions.GOOD, kit, i);
      pair.client.association.connect(pair.now);
      int channel = pair.client.open(ChannelParameters.reliable("c"));
      pair.client.send(channel, new byte[3000]);
      pair.until(() -> !pair.server.messages.isEmpty());
      if (i % 2 == 0) {
        pair.client.association.abort();
      } else {
        pair.client.association.shutdown(pair.now);
      }
      pair.pass(1_000 * SctpPair.MS);
      assertEquals(SctpAssociation.State.ENDED, pair.client.association.state());
      assertEquals(SctpAssociation.State.ENDED, pair.server.association.state());
      assertEquals(SctpAssociation.NEVER, pair.server.association.deadline());
      assertEquals(0, pair.client.association.held());
      if (i % 100 == 0) {
        gone.add(new WeakReference<>(pair.client.association));
      }
    }
    System.gc();
    assertTrue(gone.stream().filter(reference -> reference.get() != null).count() <= 1);
  }
}
