package dev.parley.adapter.nio;

import dev.parley.adapter.io.Bind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;

/// Opens and binds a channel, datagram or listener alike: the port checked for strangers before it
/// is shared, not blocking, nothing left open where it fails.
final class NioBinding {
  private NioBinding() {}

  /// Opens a channel of one address family.
  @FunctionalInterface
  interface Opener<C> {
    C open(ProtocolFamily family) throws IOException;
  }

  /// Sets what only this kind of channel has, and binds it.
  @FunctionalInterface
  interface Binder<C> {
    void bind(C channel, InetSocketAddress address) throws IOException;
  }

  /// A bound channel that does not block.
  ///
  /// @throws IOException also where this JVM or system lacks the family or an option
  static <C extends SelectableChannel & NetworkChannel> C bound(
      Bind bind, Opener<C> opener, Binder<C> binder) throws IOException {
    if (NioIo.tryAlone(bind)) {
      bound(bind, false, opener, binder).close();
    }
    return bound(bind, NioIo.reusePort(bind), opener, binder);
  }

  private static <C extends SelectableChannel & NetworkChannel> C bound(
      Bind bind, boolean reusePort, Opener<C> opener, Binder<C> binder) throws IOException {
    C channel = opened(bind, opener);
    try {
      if (reusePort) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      binder.bind(channel, new InetSocketAddress(bind.address(), bind.port()));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io ? io : new IOException(e.toString(), e);
    }
  }

  private static <C> C opened(Bind bind, Opener<C> opener) throws IOException {
    try {
      return opener.open(NioIo.family(bind));
    } catch (UnsupportedOperationException e) {
      throw new IOException("this JVM has no IPv6 (java.net.preferIPv4Stack?)", e);
    }
  }
}
