package dev.parley.door.livekit.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// How messages of a call are written: protobuf, or its JSON, of which either spelling of a name is
/// read and members that are not known are left out.
enum Format {
  PROTOBUF("application/protobuf") {
    @Override
    Message read(Message form, byte[] body) throws InvalidProtocolBufferException {
      return form.newBuilderForType().mergeFrom(body).build();
    }

    @Override
    byte[] write(Message message) {
      return message.toByteArray();
    }
  },
  JSON("application/json") {
    @Override
    Message read(Message form, byte[] body) throws InvalidProtocolBufferException {
      Message.Builder into = form.newBuilderForType();
      JsonFormat.parser().ignoringUnknownFields().merge(text(body), into);
      if (!wellFormed(into.build())) {
        throw new InvalidProtocolBufferException("half of a surrogate pair");
      }
      return into.build();
    }

    @Override
    byte[] write(Message message) throws InvalidProtocolBufferException {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace()
          .print(message)
          .getBytes(StandardCharsets.UTF_8);
    }
  };

  private final String type;

  Format(String type) {
    this.type = type;
  }

  /// The media type.
  String type() {
    return type;
  }

  /// @param form an empty message of the kind that is expected
  abstract Message read(Message form, byte[] body) throws InvalidProtocolBufferException;

  abstract byte[] write(Message message) throws InvalidProtocolBufferException;

  /// The format of a media type.
  ///
  /// @param contentType as the header has it, or null
  static Format of(String contentType) throws TwirpRefused {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (Format format : values()) {
      if (format.type.equals(type)) {
        return format;
      }
    }
    throw TwirpRefused.badRoute("the body has to be application/protobuf or application/json");
  }

  /// Whether all text can be written down again: JSON can escape what UTF-8 cannot say.
  private static boolean wellFormed(Object value) {
    return switch (value) {
      case String text -> StandardCharsets.UTF_8.newEncoder().canEncode(text);
      case Message message -> message.getAllFields().values().stream().allMatch(Format::wellFormed);
      case List<?> list -> list.stream().allMatch(Format::wellFormed);
      default -> true;
    };
  }

  private static String text(byte[] body) throws InvalidProtocolBufferException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidProtocolBufferException("not UTF-8");
    }
  }
}
