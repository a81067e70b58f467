package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PacketRingProperties {
  @Property
  void noJumpCorruptsWhatIsHeld(
      @ForAll @Size(max = 200) List<@IntRange(max = 65535) Integer> sequences) {
    PacketRing ring = new PacketRing(32, Duration.ofSeconds(1));
    long now = 0;
    for (int sequence : sequences) {
      int slot = Packets.put(ring, sequence, sequence, false, sequence % 700, now++);
      if (slot >= 0) {
        assertEquals(slot, ring.find(ring.sequence(slot)));
      }
      for (int each = 0; each < ring.slots(); each++) {
        if (ring.sequence(each) != PacketRing.NONE) {
          int of = (int) ring.sequence(each) & 0xffff;
          assertTrue(Packets.intact(ring, each, of));
          assertEquals(of % 700, ring.payloadLength(each));
        }
      }
    }
  }

  @Property
  void hostileOctetsAreRefusedOrStayWithinTheirSlot(@ForAll @Size(max = 100) byte[] octets) {
    PacketRing ring = new PacketRing(16, Duration.ofSeconds(1));
    int slot = ring.reserve();
    System.arraycopy(octets, 0, ring.octets(slot), ring.at(slot), octets.length);
    if (ring.commit(octets.length, 0) == slot) {
      assertTrue(ring.headerLength(slot) + ring.payloadLength(slot) <= octets.length);
    }
  }

  @Property
  void aStreamInOrderIsHeldUpToTheCapacity(
      @ForAll @IntRange(max = 65535) int first, @ForAll @IntRange(min = 1, max = 300) int count) {
    PacketRing ring = new PacketRing(64, Duration.ofDays(1));
    for (int i = 0; i < count; i++) {
      Packets.put(ring, first + i & 0xffff, i, i);
    }
    for (int i = Math.max(0, count - 63); i < count; i++) {
      assertTrue(ring.find(ring.extend(first + i & 0xffff)) >= 0);
    }
  }
}
