package dev.parley.door.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.socket.Frame;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;

/// How messages stand on a socket: a client is answered in what it wrote last.
enum Encoding {
  PROTOBUF {
    @Override
    Frame frame(SignalResponse message) {
      return new Frame.Binary(message.toByteArray());
    }
  },
  JSON {
    @Override
    Frame frame(SignalResponse message) {
      try {
        return new Frame.Text(
            JsonFormat.printer().omittingInsignificantWhitespace().print(message));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a message of ours has no JSON", e);
      }
    }
  };

  abstract Frame frame(SignalResponse message);

  static SignalRequest read(byte[] octets) throws InvalidProtocolBufferException {
    return SignalRequest.parseFrom(octets);
  }

  static SignalRequest read(String text) throws InvalidProtocolBufferException {
    var message = SignalRequest.newBuilder();
    JsonFormat.parser().ignoringUnknownFields().merge(text, message);
    return message.build();
  }
}
