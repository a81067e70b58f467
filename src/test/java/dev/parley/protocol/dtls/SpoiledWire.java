package dev.parley.protocol.dtls;

import dev.parley.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What networks and other implementations do to the datagrams of one end of a handshake.
final class SpoiledWire {
  private static final int HEADER = 13;
  private static final int MESSAGE = 12;

  /// Plaintext records are numbered anew, in the order they are sent.
  private int sequence;

  /// Each record in a datagram of its own.
  static List<byte[]> records(byte[] datagram) {
    List<byte[]> records = new ArrayList<>();
    for (int at = 0; at < datagram.length; ) {
      int end = at + HEADER + Octets.u16(datagram, at + 11);
      records.add(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
    return records;
  }

  /// Each plaintext handshake message in fragments of a few octets, each in a datagram of its own:
  /// neither the transcript nor a MAC covers how it is cut.
  List<byte[]> fragments(byte[] datagram, int most) {
    List<byte[]> fragments = new ArrayList<>();
    for (byte[] record : records(datagram)) {
      if (Octets.u16(record, 3) > 0) {
        fragments.add(record);
        continue;
      }
      if (record[0] != 22) {
        fragments.add(numbered(record));
        continue;
      }
      int whole = record.length - HEADER - MESSAGE;
      for (int offset = 0; offset == 0 || offset < whole; offset += most) {
        int length = Math.min(most, whole - offset);
        byte[] fragment = new byte[HEADER + MESSAGE + length];
        System.arraycopy(record, 0, fragment, 0, HEADER + MESSAGE);
        System.arraycopy(record, HEADER + MESSAGE + offset, fragment, HEADER + MESSAGE, length);
        Octets.put16(fragment, 11, MESSAGE + length);
        ClientHelloPart.put24(
            fragment, HEADER + 6, ClientHelloPart.u24(record, HEADER + 6) + offset);
        ClientHelloPart.put24(fragment, HEADER + 9, length);
        fragments.add(numbered(fragment));
      }
    }
    return fragments;
  }

  private byte[] numbered(byte[] record) {
    Octets.put32(record, 7, sequence++);
    return record;
  }

  static List<byte[]> reversed(List<byte[]> datagrams) {
    Collections.reverse(datagrams);
    return datagrams;
  }

  /// Loses one in five records, doubles one in ten and mixes the order of those of a flight.
  static DtlsPair.Wire bad(Random random) {
    return (from, datagram) -> {
      List<byte[]> arriving = new ArrayList<>();
      for (byte[] record : records(datagram)) {
        int luck = random.nextInt(10);
        if (luck > 1) {
          arriving.add(record);
        }
        if (luck == 9) {
          arriving.add(record);
        }
      }
      if (random.nextInt(3) == 0) {
        Collections.shuffle(arriving, random);
      }
      return arriving;
    };
  }
}
