package dev.parley.door.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import livekit.LivekitRtc.JoinRequest;
import livekit.LivekitRtc.WrappedJoinRequest;

/// The parameter `join_request` of an address: a message in base64, wrapped and perhaps compressed.
final class JoinWish {
  /// More than any description of a browser; what inflates to more is a trap.
  private static final int MOST = 1 << 20;

  private JoinWish() {}

  /// @param text of either alphabet, padded or not (RFC 4648, sections 4 and 5)
  /// @return null where it is none
  static JoinRequest read(String text) {
    // What stood there as `+` was read as a space.
    String plain = text.replace('-', '+').replace('_', '/').replace(' ', '+').replace("=", "");
    try {
      var wrapped = WrappedJoinRequest.parseFrom(Base64.getDecoder().decode(plain));
      byte[] octets = wrapped.getJoinRequest().toByteArray();
      return switch (wrapped.getCompression()) {
        case NONE -> JoinRequest.parseFrom(octets);
        case GZIP -> inflated(octets);
        case UNRECOGNIZED -> null;
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return null;
    }
  }

  private static JoinRequest inflated(byte[] octets) throws InvalidProtocolBufferException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      byte[] plain = in.readNBytes(MOST + 1);
      return plain.length > MOST ? null : JoinRequest.parseFrom(plain);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      return null;
    }
  }
}
