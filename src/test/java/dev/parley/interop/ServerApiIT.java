package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import retrofit2.Call;

/// What an application orders with a server SDK reaches unmodified client SDKs.
final class ServerApiIT extends BrowserTest {
  private static final String ROOM = "lk-ruled";

  private PageFiles files;
  private RoomServiceClient api;

  ServerApiIT() {
    super("parley.dev=true", "parley.bind=");
  }

  @BeforeAll
  void serve() {
    files = new PageFiles();
    api =
        RoomServiceClient.createClient(
            "http://localhost:" + server().httpPort(),
            server().apiKeyId(),
            server().apiKeySecret(),
            () -> new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build());
  }

  @AfterAll
  void close() {
    files.close();
  }

  @Test
  void anApplicationRulesARoomOfSdks() throws IOException {
    Page anna = join("anna", "{singlePeerConnection: false}");
    anna.evaluate("room.localParticipant.enableCameraAndMicrophone().then(() => 1)");
    Page bert = join("bert", "{singlePeerConnection: true}");
    bert.await("plays('anna', 'camera') && plays('anna', 'microphone')");
    update(anna, bert);
    send(anna, bert);
    mute(anna, bert);
    unsubscribe(bert);
    forbid(anna, bert);
    does(api.updateRoomMetadata(ROOM, "described"));
    bert.await("room.metadata === 'described'");
    does(api.removeParticipant(ROOM, "bert"));
    bert.await("log.some(([name, why]) => name === 'disconnected' && why === '4')");
    anna.await("room.remoteParticipants.size === 0");
    does(api.deleteRoom(ROOM));
    anna.await("log.some(([name, why]) => name === 'disconnected' && why === '5')");
  }

  private void update(Page anna, Page bert) throws IOException {
    does(api.updateParticipant(ROOM, "anna", "Anna A.", "meta", null, Map.of("colour", "blue")));
    bert.await("other('anna').name === 'Anna A.' && other('anna').metadata === 'meta'");
    anna.await("room.localParticipant.attributes.colour === 'blue'");
  }

  private void send(Page anna, Page bert) throws IOException {
    byte[] octets = "hello".getBytes(StandardCharsets.UTF_8);
    does(api.sendData(ROOM, octets, DataPacket.Kind.RELIABLE, List.of(), List.of(), "t"));
    does(api.sendData(ROOM, octets, DataPacket.Kind.LOSSY, List.of(), List.of("bert"), "t"));
    bert.await("happened('dataReceived') === 2");
    anna.await("happened('dataReceived') === 1");
  }

  private void mute(Page anna, Page bert) throws IOException {
    does(api.mutePublishedTrack(ROOM, "anna", track(TrackSource.CAMERA), true));
    bert.await("publication('anna', 'camera').isMuted");
    anna.await("room.localParticipant.getTrackPublication('camera').isMuted");
  }

  private void unsubscribe(Page bert) throws IOException {
    does(api.updateSubscriptions(ROOM, "bert", List.of(track(TrackSource.MICROPHONE)), false));
    bert.await("happened('trackUnsubscribed') === 1");
  }

  /// Whoever may publish its microphone only loses its camera at once.
  private void forbid(Page anna, Page bert) throws IOException {
    var permission =
        ParticipantPermission.newBuilder()
            .setCanSubscribe(true)
            .setCanPublish(true)
            .addCanPublishSources(TrackSource.MICROPHONE)
            .build();
    does(api.updateParticipant(ROOM, "anna", null, null, permission));
    anna.await("happened('participantPermissionsChanged') > 0");
    bert.await("!publication('anna', 'camera') && !!publication('anna', 'microphone')");
  }

  private String track(TrackSource source) throws IOException {
    return api.getParticipant(ROOM, "anna").execute().body().getTracksList().stream()
        .filter(each -> each.getSource() == source)
        .map(TrackInfo::getSid)
        .findFirst()
        .orElseThrow();
  }

  private static void does(Call<?> call) throws IOException {
    var answer = call.execute();
    assertTrue(answer.isSuccessful(), answer::message);
  }

  private Page join(String name, String options) {
    Page page = open(files.http().resolve(SdkPage.FILE));
    SdkPage.enter(page, server(), ROOM, name, options);
    return page;
  }
}
