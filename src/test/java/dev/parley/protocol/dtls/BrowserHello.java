package dev.parley.protocol.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Random;
import java.util.Vector;
import org.bouncycastle.tls.TlsExtensionsUtils;

/// A client whose hello is like those of browsers that offer DTLS 1.3 too (RFC 9147): a version, a
/// post-quantum group and cipher suites that nobody here knows, and a key share of 1,216 octets.
final class BrowserHello extends WebRtcClient {
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int PSK_MODES = 45;
  private static final int KEY_SHARE = 51;
  private static final int GREASE = 0x5a5a;
  private static final int X25519_MLKEM768 = 0x11ec;
  private static final int X25519 = 0x001d;
  private static final int MORE = 600;

  BrowserHello(DtlsPeerRules rules, PeerFacts facts) {
    super(DtlsPair.TOOLS.crypto, rules, facts);
  }

  @Override
  public int[] getCipherSuites() {
    int[] ours = super.getCipherSuites();
    int[] all = new int[ours.length + 4];
    all[0] = GREASE;
    all[1] = 0x1301;
    all[2] = 0x1302;
    all[3] = 0x1303;
    System.arraycopy(ours, 0, all, 4, ours.length);
    return all;
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected Vector<Integer> getSupportedGroups(Vector roles) {
    Vector<Integer> groups = super.getSupportedGroups(roles);
    groups.add(0, X25519_MLKEM768);
    groups.add(0, GREASE);
    return groups;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    extensions.put(
        SUPPORTED_VERSIONS,
        new byte[] {6, 0x5a, 0x5a, (byte) 0xfe, (byte) 0xfc, (byte) 0xfe, (byte) 0xfd});
    extensions.put(PSK_MODES, new byte[] {1, 1});
    extensions.put(KEY_SHARE, shares());
    extensions.put(GREASE, new byte[MORE]);
    return extensions;
  }

  private static byte[] shares() {
    byte[] shares = new byte[2 + 4 + 1216 + 4 + 32];
    new Random(1).nextBytes(shares);
    dev.parley.wire.Octets.put16(shares, 0, shares.length - 2);
    dev.parley.wire.Octets.put16(shares, 2, X25519_MLKEM768);
    dev.parley.wire.Octets.put16(shares, 4, 1216);
    dev.parley.wire.Octets.put16(shares, 6 + 1216, X25519);
    dev.parley.wire.Octets.put16(shares, 8 + 1216, 32);
    return shares;
  }
}
