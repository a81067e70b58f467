package dev.parley.protocol.dtls;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.BitSet;

/// Looks at records (RFC 6347, section 4.1) before BouncyCastle does, which believes them too much.
/// Confined to one thread.
///
/// BouncyCastle makes room for whatever length a handshake message claims, 16 MiB at most and
/// sixteen messages ahead; here larger ones than [#MOST] are kept from it. Once it has seen
/// ChangeCipherSpec it drops plaintext records for ever, so that a CertificateVerify lost on its
/// way could never come again: ChangeCipherSpec, and what follows it in its datagram, has to wait
/// for the client to send its flight once more. And an encrypted record that is too short to be one
/// would end the connection, whoever sent it.
final class RecordGate {
  /// The largest handshake message in octets; a chain of a few RSA certificates takes half of it.
  static final int MOST = 8192;

  /// What AES-GCM adds: an explicit nonce and a tag (RFC 5288, section 3). There are no other
  /// ciphers here.
  private static final int LEAST_ENCRYPTED = 8 + 16;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final byte[] NOTHING = {};

  private final BitSet proof = new BitSet();
  private boolean proofAwaited;

  /// @param proofAwaited whether the peer is to send CertificateVerify before ChangeCipherSpec
  RecordGate(boolean proofAwaited) {
    this.proofAwaited = proofAwaited;
  }

  /// Whether a datagram may pass when the handshake is done.
  static boolean whole(byte[] octets, int at, int length) {
    int end = at + length;
    int record = at;
    while (end - record >= ClientHelloPart.RECORD_HEADER) {
      int body = Octets.u16(octets, record + 11);
      if (Octets.u16(octets, record + 3) > 0 && body < LEAST_ENCRYPTED) {
        return false;
      }
      record += ClientHelloPart.RECORD_HEADER + body;
    }
    return record == end;
  }

  /// Octets of the record at an index of a whole datagram.
  static int record(byte[] octets, int at) {
    return ClientHelloPart.RECORD_HEADER + Octets.u16(octets, at + 11);
  }

  /// Whether a whole datagram has a record of a handshake, encrypted or not.
  static boolean handshakes(byte[] octets, int at, int length) {
    int record = at;
    while (record < at + length) {
      int type = Octets.u8(octets, record);
      if (type == HANDSHAKE || type == CHANGE_CIPHER_SPEC) {
        return true;
      }
      record += record(octets, record);
    }
    return false;
  }

  /// A copy of the records of a datagram of the handshake that may pass; without octets where none
  /// may.
  byte[] pass(byte[] octets, int at, int length) {
    if (!whole(octets, at, length)) {
      return NOTHING;
    }
    int end = at + length;
    int record = at;
    while (record < end) {
      int body = record + ClientHelloPart.RECORD_HEADER;
      int next = body + Octets.u16(octets, record + 11);
      if (Octets.u16(octets, record + 3) == 0) {
        int type = Octets.u8(octets, record);
        if (type == CHANGE_CIPHER_SPEC && proofAwaited) {
          return Arrays.copyOfRange(octets, at, record);
        }
        if (type == HANDSHAKE && !messages(octets, body, next)) {
          return NOTHING;
        }
      }
      record = next;
    }
    return Arrays.copyOfRange(octets, at, end);
  }

  private boolean messages(byte[] octets, int from, int end) {
    int at = from;
    while (end - at >= ClientHelloPart.MESSAGE_HEADER) {
      int whole = ClientHelloPart.u24(octets, at + 1);
      int offset = ClientHelloPart.u24(octets, at + 6);
      int length = ClientHelloPart.u24(octets, at + 9);
      int next = at + ClientHelloPart.MESSAGE_HEADER + length;
      if (whole > MOST || next > end || offset + length > whole) {
        return false;
      }
      if (Octets.u8(octets, at) == CERTIFICATE_VERIFY) {
        proof.set(offset, offset + length);
        proofAwaited &= proof.nextClearBit(0) < whole;
      }
      at = next;
    }
    return true;
  }
}
