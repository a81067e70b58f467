package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.media.DataMessage;
import dev.parley.signal.DataContent;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantKind;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Request;
import java.time.Instant;
import java.util.List;
import livekit.LivekitModels.ActiveSpeakerUpdate;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.RpcRequest;
import livekit.LivekitModels.UserPacket;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // SDKs of yesterday use these fields still.
class PacketFormTest {
  private static final PacketForm FORM = PacketForm.INSTANCE;

  static final ParticipantView ANN =
      new ParticipantView(
          "PA_ann",
          "ann",
          "Ann",
          false,
          false,
          true,
          true,
          false,
          false,
          null,
          Instant.EPOCH,
          true,
          ParticipantKind.PERSON);

  private static Request.Data read(DataPacket packet, boolean lossy) {
    return FORM.read(new DataMessage(FORM.label(lossy), true, packet.toByteArray()));
  }

  static DataPacket write(DataContent content, ParticipantView from) {
    var message = FORM.write(new Notice.Data("PA_ann", false, content), from);
    assertEquals(FORM.label(content.lossy()), message.label());
    assertTrue(message.binary());
    try {
      return DataPacket.parseFrom(message.octets());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static DataPacket.Builder user(String payload) {
    return DataPacket.newBuilder()
        .setUser(
            UserPacket.newBuilder().setPayload(ByteString.copyFromUtf8(payload)).setTopic("t"));
  }

  @Test
  void whatUsersSayIsForEveryDoor() {
    var data = read(user("hello").setSequence(7).build(), false);
    assertNull(data.to());
    assertEquals("t", data.content().topic());
    assertArrayEquals("hello".getBytes(), data.content().octets());
    assertEquals(7, data.content().foreign().number());
  }

  @Test
  void aSenderCannotClaimToBeSomebodyElse() {
    var claimed = user("hello").setParticipantIdentity("eve").setParticipantSid("PA_eve");
    claimed.getUserBuilder().setParticipantSid("PA_eve").setParticipantIdentity("eve");
    claimed.setKind(DataPacket.Kind.LOSSY).setSequence(7);
    var passed = write(read(claimed.build(), false).content(), ANN);
    assertEquals("ann", passed.getParticipantIdentity());
    assertEquals("PA_ann", passed.getParticipantSid());
    assertEquals("ann", passed.getUser().getParticipantIdentity());
    assertEquals("PA_ann", passed.getUser().getParticipantSid());
    assertEquals(DataPacket.Kind.RELIABLE, passed.getKind());
    assertEquals("hello", passed.getUser().getPayload().toStringUtf8());
    assertEquals(7, passed.getSequence());
  }

  @Test
  void receiversAreNamedInOldFieldsAndNew() {
    var packet = user("x").addDestinationIdentities("bob");
    packet.getUserBuilder().addDestinationIdentities("carl").addDestinationSids("PA_dan");
    assertEquals(List.of("bob", "carl", "PA_dan"), read(packet.build(), true).to());
  }

  @Test
  void whatIsNoneOfOursGoesOnUnread() {
    var call =
        DataPacket.newBuilder()
            .addDestinationIdentities("bob")
            .setRpcRequest(RpcRequest.newBuilder().setMethod("m"))
            .build();
    var data = read(call, false);
    assertEquals(List.of("bob"), data.to());
    assertNull(data.content().octets());
    var passed = write(data.content(), ANN);
    assertEquals("m", passed.getRpcRequest().getMethod());
    assertEquals("ann", passed.getParticipantIdentity());
  }

  @Test
  void wordsOfAPageBecomeAUsersPacket() {
    var passed = write(DataContent.text("chat", "hi"), ANN);
    assertEquals("hi", passed.getUser().getPayload().toStringUtf8());
    assertEquals("chat", passed.getUser().getTopic());
    assertEquals("ann", passed.getParticipantIdentity());
    var server = write(DataContent.binary(null, true, new byte[] {1}), null);
    assertEquals("", server.getParticipantIdentity());
    assertEquals(DataPacket.Kind.LOSSY, server.getKind());
  }

  @Test
  void whatOnlyTheServerTellsIsNotTaken() {
    var speaker = DataPacket.newBuilder().setSpeaker(ActiveSpeakerUpdate.getDefaultInstance());
    assertNull(read(speaker.build(), false));
    assertNull(FORM.read(new DataMessage("_reliable", false, user("x").build().toByteArray())));
  }
}
