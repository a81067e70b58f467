package dev.parley.protocol.dtls;

/// What a [DtlsConnection] wants done; called on its owner's thread only, from inside its inputs.
public interface DtlsEffects {
  /// One datagram for the peer; the octets are the receiver's during the call only.
  void record(byte[] octets, int at, int length);

  /// The handshake is done: messages may be sent and will come.
  void established();

  /// One message from the peer, decrypted; the octets are the receiver's during the call only.
  void data(byte[] octets, int at, int length);
}
