package dev.parley.bench;

import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/// The client of `src/test/c/sfu_floor.c`: no signaling, keys and ports that both know.
final class FanoutFloorClient implements FanoutClient {
  /// The port of the first receiver.
  static final int FIRST_PORT = 20_000;

  private static final int SOURCE = 65_535;

  private final FanoutReceivers receivers = new FanoutReceivers((socket, octets, length) -> {});
  private final int number;
  private final boolean sample;
  private final FanoutSource source;

  FanoutFloorClient(int number, boolean sample, int port) throws IOException {
    this.number = number;
    this.sample = sample;
    var channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    source = new FanoutSource(channel, keys(SOURCE).sender(), false);
  }

  private static SrtpKeys keys(int connection) {
    var exported = new byte[SrtpProfile.AEAD_AES_128_GCM.exporterLength()];
    for (int j = 0; j < exported.length; j++) {
      exported[j] = (byte) (connection * 31 + j * 7 + 1);
    }
    return SrtpKeys.of(SrtpProfile.AEAD_AES_128_GCM, exported, SrtpKeys.Role.CLIENT);
  }

  @Override
  public void connect() throws IOException {
    for (int i = 0; i < number; i++) {
      var check = new FanoutCheck();
      check.keyed(keys(i).receiver(4));
      receivers.open(FIRST_PORT + i, check);
    }
    if (sample) {
      receivers.sample(1);
    }
  }

  @Override
  public int receivers() {
    return number;
  }

  @Override
  public FanoutSource source() {
    return source;
  }

  @Override
  public void turn(long millis) throws IOException {
    receivers.turn(millis);
  }

  @Override
  public FanoutLoad.Outcome counts() throws IOException {
    return receivers.counts();
  }
}
