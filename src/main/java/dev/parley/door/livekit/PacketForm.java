package dev.parley.door.livekit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.media.DataMessage;
import dev.parley.signal.DataContent;
import dev.parley.signal.DataForm;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.UserPacket;

/// `livekit.DataPacket` on the data channels of clients: what users say to users is for every door,
/// all else (streams, calls of procedures, what is encrypted) for clients of this one, unread.
///
/// Who sent a packet is put behind it: fields that come again in protobuf replace what stood
/// before, so no packet is taken apart to be passed on.
final class PacketForm implements DataForm {
  static final PacketForm INSTANCE = new PacketForm();

  /// What brings data to clients.
  static final String RELIABLE = "_reliable";

  static final String LOSSY = "_lossy";

  private PacketForm() {}

  @Override
  public String label(boolean lossy) {
    return lossy ? LOSSY : RELIABLE;
  }

  @Override
  public Request.Data read(DataMessage message) {
    if (!message.binary()) {
      return null;
    }
    DataPacket packet;
    try {
      packet = DataPacket.parseFrom(message.octets());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
    boolean lossy = message.label().equals(LOSSY);
    long number = lossy ? 0 : Integer.toUnsignedLong(packet.getSequence());
    var foreign = new DataContent.Foreign(this, message.octets(), number);
    return switch (packet.getValueCase()) {
      // Who speaks and how it goes, the server tells by itself.
      case SPEAKER, METRICS, VALUE_NOT_SET -> null;
      case USER -> user(packet, lossy, foreign);
      default ->
          new Request.Data(null, to(packet), new DataContent(null, lossy, false, null, foreign));
    };
  }

  @SuppressWarnings("deprecation") // SDKs of yesterday write these fields still.
  private static Request.Data user(DataPacket packet, boolean lossy, DataContent.Foreign foreign) {
    var user = packet.getUser();
    Set<String> to = new LinkedHashSet<>(packet.getDestinationIdentitiesList());
    to.addAll(user.getDestinationIdentitiesList());
    to.addAll(user.getDestinationSidsList());
    String topic = user.hasTopic() ? user.getTopic() : null;
    byte[] payload = user.getPayload().toByteArray();
    return new Request.Data(
        null,
        to.isEmpty() ? null : new ArrayList<>(to),
        new DataContent(topic, lossy, false, payload, foreign));
  }

  private static List<String> to(DataPacket packet) {
    var named = packet.getDestinationIdentitiesList();
    return named.isEmpty() ? null : new ArrayList<>(new LinkedHashSet<>(named));
  }

  @Override
  public DataMessage write(Notice.Data data) {
    return write(data, null);
  }

  @Override
  public DataMessage write(Notice.Data data, ParticipantView from) {
    var content = data.content();
    var foreign = content.foreign();
    byte[] octets;
    if (foreign != null && foreign.form() == this) {
      octets = stamped(foreign.octets(), content, from);
    } else if (content.octets() != null) {
      octets = packet(content, from).toByteArray();
    } else {
      return null;
    }
    return new DataMessage(label(content.lossy()), true, octets);
  }

  private static byte[] stamped(byte[] packet, DataContent content, ParticipantView from) {
    if (from == null) {
      return packet;
    }
    var stamp = DataPacket.newBuilder();
    sender(stamp, from);
    if (content.octets() != null) {
      stamp.setUser(sender(UserPacket.newBuilder(), from));
    }
    byte[] behind = stamp.build().toByteArray();
    // An explicit kind, which stands for zero and is not written otherwise.
    int kind = content.lossy() ? DataPacket.Kind.LOSSY_VALUE : DataPacket.Kind.RELIABLE_VALUE;
    int size = CodedOutputStream.computeEnumSize(DataPacket.KIND_FIELD_NUMBER, kind);
    byte[] all = new byte[packet.length + size + behind.length];
    System.arraycopy(packet, 0, all, 0, packet.length);
    var out = CodedOutputStream.newInstance(all, packet.length, size + behind.length);
    try {
      out.writeEnum(DataPacket.KIND_FIELD_NUMBER, kind);
      out.writeRawBytes(behind);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /// What came by another door, or from the server itself.
  @SuppressWarnings("deprecation") // SDKs of yesterday read the kind still.
  private static DataPacket packet(DataContent content, ParticipantView from) {
    var user = UserPacket.newBuilder().setPayload(ByteString.copyFrom(content.octets()));
    if (content.topic() != null) {
      user.setTopic(content.topic());
    }
    var packet = DataPacket.newBuilder();
    packet.setKind(content.lossy() ? DataPacket.Kind.LOSSY : DataPacket.Kind.RELIABLE);
    if (from != null) {
      sender(packet, from);
      sender(user, from);
    }
    return packet.setUser(user).build();
  }

  private static void sender(DataPacket.Builder packet, ParticipantView from) {
    packet.setParticipantIdentity(from.identity()).setParticipantSid(from.id());
  }

  @SuppressWarnings("deprecation") // SDKs of yesterday read these fields still.
  private static UserPacket.Builder sender(UserPacket.Builder user, ParticipantView from) {
    return user.setParticipantIdentity(from.identity()).setParticipantSid(from.id());
  }

  @Override
  public boolean lines() {
    return false;
  }
}
