package dev.parley.engine.turn.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.TurnPolicies;
import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A private address stays private in whatever it is wrapped, even where wrappings are allowed.
class PeerRulesProperties {
  private static final List<String> WRAPPINGS =
      List.of(
          "::/96",
          "::ffff:0:0:0/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "2002::/16",
          "2001::/32",
          "2a00::/16",
          "fe80::/10");

  private final PeerRules closed = rules(List.of());
  private final PeerRules open = rules(WRAPPINGS);

  @Property(tries = 5000)
  void aForbiddenIpv4AddressIsForbiddenInEveryForm(
      @ForAll int address, @ForAll long noise, @ForAll @IntRange(min = 1, max = 65535) int port) {
    Assume.that(address != 1); // ::1 is the loopback, not 0.0.0.1
    boolean forbidden = !open.permits(TransportAddress.ipv4(address, port));
    long v4 = address & 0xffff_ffffL;
    long rest = noise >>> 32;
    long teredo = 0x2001_0000_0000_0000L;
    long safe = 0x0808_0808L;
    List<TransportAddress> forms =
        List.of(
            new TransportAddress(0, v4, port),
            new TransportAddress(0, 0xffff_0000_0000_0000L | v4, port),
            new TransportAddress(0x0064_ff9b_0000_0000L, v4, port),
            new TransportAddress(0x2002_0000_0000_0000L | v4 << 16, noise, port),
            new TransportAddress(teredo | v4, rest << 32 | ~safe & 0xffff_ffffL, port),
            new TransportAddress(teredo | safe, rest << 32 | ~v4 & 0xffff_ffffL, port),
            new TransportAddress(0x2a00_0000_0000_0000L, 0x5efe_0000_0000L | v4, port),
            new TransportAddress(0x2a00_1234_0000_0001L, 0x0200_5efe_0000_0000L | v4, port),
            new TransportAddress(0xfe80_0000_0000_0000L, 0x5efe_0000_0000L | v4, port));
    for (TransportAddress form : forms) {
      if (forbidden) {
        assertFalse(open.permits(form), form.literal());
      }
      assertFalse(closed.permits(form) && forbidden, form.literal());
    }
    TransportAddress mapped =
        TransportAddress.of(TransportAddress.ipv4(address, port).socketAddress());
    assertEquals(!forbidden, open.permits(mapped));
  }

  @Property(tries = 2000)
  void aLocalNat64PrefixHidesNothingInEitherPlace(@ForAll int address, @ForAll short middle) {
    boolean forbidden = !open.permits(TransportAddress.ipv4(address, 1));
    long v4 = address & 0xffff_ffffL;
    long prefix = 0x0064_ff9b_0001_0000L;
    TransportAddress long96 = new TransportAddress(prefix | middle & 0xffff, v4, 1);
    TransportAddress long48 = new TransportAddress(prefix | v4 >>> 16, (v4 & 0xffff) << 40, 1);
    assertFalse(forbidden && open.permits(long96), long96.literal());
    assertFalse(forbidden && open.permits(long48), long48.literal());
  }

  @Property(tries = 2000)
  void aBlockHoldsWhatSharesItsPrefixAndNothingElse(
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(min = 1, max = 128) int bits,
      @ForAll @IntRange(max = 127) int flipped) {
    TransportAddress address = new TransportAddress(high, low, 0);
    if (address.ipv4()) {
      return;
    }
    long keepHigh = bits >= 64 ? -1L : -1L << 64 - bits;
    long keepLow = bits <= 64 ? 0 : -1L << 128 - bits;
    Cidr block = new Cidr(high & keepHigh, low & keepLow, bits, false);
    assertTrue(block.holds(address));
    long otherHigh = flipped < 64 ? high ^ 1L << 63 - flipped : high;
    long otherLow = flipped < 64 ? low : low ^ 1L << 127 - flipped;
    TransportAddress other = new TransportAddress(otherHigh, otherLow, 0);
    assertEquals(flipped >= bits, block.holds(other) || other.ipv4());
    String text = new TransportAddress(block.high(), block.low(), 0).literal();
    String host = text.substring(1, text.lastIndexOf(']'));
    assertEquals(block, Cidr.of(host + "/" + bits));
  }

  @Property(tries = 5000)
  void anyTextIsABlockOrRefused(@ForAll String text) {
    try {
      Cidr.of(text);
    } catch (PeerRuleRefused refused) {
      assertFalse(refused.getMessage().isEmpty());
    }
  }

  private static PeerRules rules(List<String> allow) {
    TurnPolicy policy = TurnPolicies.ofPeers(allow, List.of(), List.of(), List.of());
    return PeerRules.of(policy, List.of(), 49152, 65535);
  }
}
