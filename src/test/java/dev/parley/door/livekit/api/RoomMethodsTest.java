package dev.parley.door.livekit.api;

import static dev.parley.door.livekit.api.TwirpStage.message;
import static dev.parley.door.livekit.api.TwirpStage.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.signal.CloseReason;
import dev.parley.signal.Notice;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import livekit.LivekitModels;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.RoomEgress;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;
import org.junit.jupiter.api.Test;

class RoomMethodsTest {
  private final TwirpStage stage = new TwirpStage();

  private Room create(CreateRoomRequest request) {
    return message(Room.getDefaultInstance(), stage.call("CreateRoom", request));
  }

  private ListRoomsResponse list(String... names) {
    return message(
        ListRoomsResponse.getDefaultInstance(),
        stage.call("ListRooms", ListRoomsRequest.newBuilder().addAllNames(List.of(names)).build()));
  }

  @Test
  void makesARoomAsItIsToldTo() {
    var made =
        create(
            CreateRoomRequest.newBuilder()
                .setName("r")
                .setEmptyTimeout(60)
                .setDepartureTimeout(5)
                .setMaxParticipants(7)
                .setMetadata("m")
                .build());
    assertTrue(made.getSid().startsWith("RM_"), made.getSid());
    assertEquals("r", made.getName());
    assertEquals(60, made.getEmptyTimeout());
    assertEquals(5, made.getDepartureTimeout());
    assertEquals(7, made.getMaxParticipants());
    assertEquals("m", made.getMetadata());
    assertEquals(0, made.getNumParticipants());
    var stored = stage.rooms.find("r").orElseThrow();
    assertEquals(Duration.ofSeconds(60), stored.emptyTimeout());
    assertEquals(Duration.ofSeconds(5), stored.departureTimeout());
  }

  @Test
  void whatIsNotSaidIsAsInTheProtocol() {
    var made = create(CreateRoomRequest.newBuilder().setName("r").build());
    assertEquals(300, made.getEmptyTimeout());
    assertEquals(20, made.getDepartureTimeout());
    assertEquals(500, made.getMaxParticipants());
    assertEquals("", made.getMetadata());
  }

  @Test
  void ofARoomThatIsThereItChangesWhatItIsTold() {
    var made = create(CreateRoomRequest.newBuilder().setName("r").setMetadata("m").build());
    var ann = stage.joins("r", "ann");
    var again = create(CreateRoomRequest.newBuilder().setName("r").setMaxParticipants(3).build());
    assertEquals(made.getSid(), again.getSid());
    assertEquals("m", again.getMetadata());
    assertEquals(3, again.getMaxParticipants());
    assertEquals(300, again.getEmptyTimeout());
    assertEquals(1, again.getNumParticipants());
    assertEquals(3, ann.last(Notice.RoomChanged.class).room().maxParticipants());
  }

  @Test
  void refusesWhatItWouldNotDo() {
    refused(
        TwirpCode.INVALID_ARGUMENT,
        stage.call(
            "CreateRoom",
            CreateRoomRequest.newBuilder().setName("r").setMaxParticipants(-1).build()));
    refused(
        TwirpCode.INVALID_ARGUMENT,
        stage.call(
            "CreateRoom", CreateRoomRequest.newBuilder().setName("r").setRoomPreset("p").build()));
    refused(
        TwirpCode.UNIMPLEMENTED,
        stage.call(
            "CreateRoom",
            CreateRoomRequest.newBuilder()
                .setName("r")
                .setEgress(RoomEgress.getDefaultInstance())
                .build()));
    assertEquals(0, list().getRoomsCount());
  }

  @Test
  void listsAllRoomsOrThoseThatAreNamed() {
    stage.room("a").room("b").room("c");
    stage.joins("a", "ann");
    stage.joins("a", "bob+hidden");
    var ann = stage.joins("b", "ann").publishes("TR_1").publishes("TR_2");
    assertEquals(3, list().getRoomsCount());
    var two = list("b", "nowhere", "a", "b").getRoomsList();
    assertEquals(List.of("b", "a"), two.stream().map(Room::getName).toList());
    assertEquals(1, two.get(0).getNumPublishers());
    assertEquals(1, two.get(1).getNumParticipants());
    assertEquals(0, two.get(1).getNumPublishers());
    assertEquals("b", ann.last(Notice.Joined.class).room().name());
    String[] many = new String[40];
    Arrays.setAll(many, i -> i == 7 ? "c" : "none-" + i);
    assertEquals(List.of("c"), list(many).getRoomsList().stream().map(Room::getName).toList());
  }

  @Test
  void aDeletedRoomIsLeftByEverybody() {
    stage.room("r");
    var ann = stage.joins("r", "ann");
    var request = DeleteRoomRequest.newBuilder().setRoom("r").build();
    assertEquals(
        DeleteRoomResponse.getDefaultInstance(),
        message(DeleteRoomResponse.getDefaultInstance(), stage.call("DeleteRoom", request)));
    assertEquals(CloseReason.CLOSED, ann.closed);
    assertEquals(0, list().getRoomsCount());
    refused(TwirpCode.NOT_FOUND, stage.call("DeleteRoom", request));
  }

  @Test
  void metadataOfARoomIsToldToEverybody() {
    stage.room("r");
    var ann = stage.joins("r", "ann");
    var request = UpdateRoomMetadataRequest.newBuilder().setRoom("r").setMetadata("new").build();
    var changed =
        message(LivekitModels.Room.getDefaultInstance(), stage.call("UpdateRoomMetadata", request));
    assertEquals("new", changed.getMetadata());
    assertEquals("new", ann.last(Notice.RoomChanged.class).room().metadata());
    refused(
        TwirpCode.NOT_FOUND,
        stage.call("UpdateRoomMetadata", request.toBuilder().setRoom("nowhere").build()));
  }

  @Test
  void readsBothSpellingsOfJsonAndWritesThatOfTheProtoFiles() {
    var camel = stage.json("CreateRoom", "{\"name\":\"a\",\"emptyTimeout\":9}");
    var snake = stage.json("CreateRoom", "{\"name\":\"b\",\"empty_timeout\":9}");
    assertEquals(9, message(Room.getDefaultInstance(), camel).getEmptyTimeout());
    assertEquals(9, message(Room.getDefaultInstance(), snake).getEmptyTimeout());
    String text = TwirpStage.text(camel);
    assertTrue(text.contains("\"empty_timeout\":9"), text);
    assertTrue(text.contains("\"num_participants\":0"), text);
  }
}
