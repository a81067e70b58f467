package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.HoldReason;
import dev.parley.media.OverloadStep;
import dev.parley.media.PeerState;
import dev.parley.media.Preference;
import dev.parley.media.Quality;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.Topology;
import dev.parley.signal.Medium;
import dev.parley.signal.Notice;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `parley.v1` says of media through the server.
class MediaMessagesTest {
  private static Request read(String text) {
    return Dialect.PARLEY_V1.read(text.replace('\'', '"'));
  }

  private static void refuses(String text, String message) {
    assertEquals(new Request.Unreadable(null, message, false), read(text));
  }

  private static void writes(Notice notice, long seq, String expected) {
    assertEquals(expected.replace('\'', '"'), Dialect.PARLEY_V1.write(notice, seq));
    assertNull(Dialect.CLASSIC.write(notice, seq));
  }

  @Test
  void readsOffersAndAnswersForTheServer() {
    assertEquals(
        new Request.Describe("7", SdpType.OFFER, 3, "v=0\r\n", List.of()),
        read("{'type':'offer','id':7,'to':'sfu','number':3,'sdp':'v=0\\r\\n'}"));
    assertEquals(
        new Request.Describe(null, SdpType.OFFER, 0, "v=0", List.of()),
        read("{'type':'offer','to':'sfu','tracks':null,'sdp':{'type':'offer','sdp':'v=0'}}"));
    assertEquals(
        new Request.Describe(null, SdpType.ANSWER, 2, "v=0", List.of()),
        read("{'type':'answer','to':'sfu','number':2,'sdp':{'sdp':'v=0'}}"));
  }

  @Test
  void readsWhatTheSectionsOfAnOfferAre() {
    assertEquals(
        new Request.Describe(
            null,
            SdpType.OFFER,
            1,
            "v=0",
            List.of(
                new SourceView("0", "camera", true),
                new SourceView("audio \"1\"", "screen-audio", false, true))),
        read(
            "{'type':'offer','to':'sfu','number':1,'sdp':'v=0','tracks':{"
                + "'0':{'source':'camera','muted':true},"
                + "'audio \\u00221\\u0022':{'source':'screen-audio','encrypted':true,'x':[1]}}}"));
  }

  @Test
  void readsWhatIsAskedOfTracks() {
    assertEquals(new Request.Unpublish("1", "t"), read("{'type':'unpublish','id':1,'track':'t'}"));
    assertEquals(
        new Request.MuteTrack(null, "t", false), read("{'type':'mute','track':'t','muted':false}"));
    assertEquals(
        new Request.Mute(null, "p", null, "t"),
        read("{'type':'mute','participant':'p','track':'t'}"));
    assertEquals(
        new Request.Mute(null, "p", Medium.AUDIO, "t"),
        read("{'type':'mute','participant':'p','kind':'audio','track':'t'}"));
    assertEquals(
        new Request.Subscribe(null, List.of("t"), false),
        read("{'type':'subscribe','track':'t','wanted':false}"));
    assertEquals(
        new Request.Subscribe(null, List.of("t", "u\"", "v"), true),
        read("{'type':'subscribe','tracks': [ 't' , 'u\\u0022','v' ],'wanted':true}"));
    assertEquals(
        new Request.Pause(null, List.of("t"), true),
        read("{'type':'pause','tracks':['t'],'paused':true}"));
    assertEquals(
        new Request.CloseMedia("'a'".replace('\'', '"')), read("{'type':'close','id':'a'}"));
  }

  @Test
  void readsWhatIsShownOfTracks() {
    assertEquals(
        new Request.TrackSettings(
            "1",
            Map.of(
                "a", new Preference(640, 360, 15, 2),
                "b", new Preference(0, 0, 0, 0),
                "c", Preference.ALL,
                "d", new Preference(0, 0, 30, 0))),
        read(
            "{'type':'track-settings','id':1,'tracks':{"
                + "'a':{'width':640,'height':360,'visible':true,'frameRate':15,'priority':2},"
                + "'b':{'visible':false},'c':{},"
                + "'d':{'width':1,'height':2,'visible':false,'frameRate':30,'x':null}}}"));
  }

  @Test
  void refusesSizesThatCannotBe() {
    refusesSettings("{'width':-1,'height':2}", "width is out of range");
    refusesSettings("{'width':1,'height':0}", "height is out of range");
    refusesSettings("{'width':65536,'height':1}", "width is out of range");
    refusesSettings("{'width':1.5,'height':1}", "width must be a whole number");
    refusesSettings("{'width':'1','height':1}", "width must be a whole number");
    refusesSettings("{'width':1}", "width and height go together");
    refusesSettings("{'width':1,'height':null}", "width and height go together");
    refusesSettings("{'frameRate':0}", "frameRate is out of range");
    refusesSettings("{'frameRate':241}", "frameRate is out of range");
    refusesSettings("{'priority':-1}", "priority is out of range");
    refusesSettings("{'priority':101}", "priority is out of range");
    refusesSettings("{'visible':1}", "visible must be true or false");
    refusesSettings("[]", "there must be an object");
    refuses("{'type':'track-settings'}", "there must be an object");
    refuses("{'type':'track-settings','tracks':{}}", "tracks must name one at least");
    refuses("{'type':'track-settings','tracks':{'':{}}}", "a track is too long");
  }

  private static void refusesSettings(String settings, String message) {
    refuses("{'type':'track-settings','tracks':{'t':" + settings + "}}", message);
  }

  @Test
  void writesHowStreamsFlowAndWhatIsWanted() {
    writes(
        new Notice.StreamState("t", HoldReason.BANDWIDTH),
        0,
        "{'type':'stream-state','track':'t','state':'paused','reason':'bandwidth'}");
    writes(
        new Notice.StreamState("t", HoldReason.LAST_N),
        0,
        "{'type':'stream-state','track':'t','state':'paused','reason':'last-n'}");
    writes(
        new Notice.StreamState("t", null),
        0,
        "{'type':'stream-state','track':'t','state':'active'}");
    writes(
        new Notice.SubscribedQuality("t", "0", List.of("q", "h"), true),
        0,
        "{'type':'subscribed-quality','track':'t','mid':'0','wanted':true,'layers':['q','h']}");
    writes(
        new Notice.SubscribedQuality("t", "0", List.of(), false),
        0,
        "{'type':'subscribed-quality','track':'t','mid':'0','wanted':false,'layers':[]}");
    writes(new Notice.Load(OverloadStep.FEWER), 0, "{'type':'load','step':'fewer'}");
  }

  @Test
  void writesHowGoodAConnectionIs() {
    writes(
        new Notice.ConnectionQuality("p", 4.34, Quality.GOOD),
        0,
        "{'type':'connection-quality','participant':'p','quality':'good','score':4.3}");
    writes(
        new Notice.ConnectionQuality("p", 4.96, Quality.EXCELLENT),
        0,
        "{'type':'connection-quality','participant':'p','quality':'excellent','score':5.0}");
    writes(
        new Notice.ConnectionQuality("q", 1, Quality.LOST),
        0,
        "{'type':'connection-quality','participant':'q','quality':'lost','score':1.0}");
  }

  @Test
  void readsTheWishForTheServer() {
    assertEquals(
        new Request.Join(null, null, null, null, null, null, Topology.SFU),
        read("{'type':'join','topology':'sfu'}"));
    assertEquals(
        new Request.Update(null, null, null, null, null, null, null, Topology.AUTO),
        read("{'type':'update','topology':'auto'}"));
  }

  @Test
  void aCandidateForTheServerIsReadLikeAnyOther() {
    assertEquals(
        new Request.Relay(null, RelayKind.CANDIDATE, "sfu", "null", null),
        read("{'type':'candidate','to':'sfu','candidate':null}"));
  }

  @Test
  void refusesWhatIsWrongInItsOwnWords() {
    refuses("{'type':'answer','to':'sfu','sdp':'v=0'}", "number is missing");
    refuses("{'type':'offer','to':'sfu','sdp':'v=0','number':-1}", "number is out of range");
    refuses("{'type':'offer','to':'sfu','sdp':'','number':2147483648}", "number is out of range");
    refuses("{'type':'offer','to':'sfu','sdp':'','number':'1'}", "number must be a whole number");
    refuses("{'type':'offer','to':'sfu'}", "sdp must be a string or an object");
    refuses("{'type':'offer','to':'sfu','sdp':null}", "sdp must be a string or an object");
    refuses("{'type':'offer','to':'sfu','sdp':{}}", "sdp must be a description of that type");
    refuses(
        "{'type':'offer','to':'sfu','sdp':{'type':'answer','sdp':'v=0'}}",
        "sdp must be a description of that type");
    refuses("{'type':'offer','to':'sfu','sdp':'','tracks':[]}", "there must be an object");
    refuses("{'type':'offer','to':'sfu','sdp':'','tracks':{'0':1}}", "there must be an object");
    refuses("{'type':'offer','to':'sfu','sdp':'','tracks':{'0':{}}}", "source is missing");
    refuses(
        "{'type':'offer','to':'sfu','sdp':'','tracks':{'0':{'source':'my cam'}}}",
        "source must be a short word");
    refuses(
        "{'type':'offer','to':'sfu','sdp':'','tracks':{'" + "0".repeat(65) + "':{}}}",
        "a mid is too long");
    refuses("{'type':'unpublish'}", "track is missing");
    refuses("{'type':'mute','track':'t'}", "muted is missing");
    refuses("{'type':'mute','participant':'p'}", "kind is missing");
    refuses("{'type':'subscribe','track':'t'}", "wanted is missing");
    refuses("{'type':'pause','track':'t'}", "paused is missing");
    refuses("{'type':'join','topology':'star'}", "topology is none of its words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "['t',1]", "[1]", "'t'", "{}", "null", "[['t']]", "[null]"})
  void aListOfTracksIsOneOfStringsWithOneAtLeast(String tracks) {
    assertInstanceOf(
        Request.Unreadable.class,
        read("{'type':'subscribe','wanted':true,'tracks':" + tracks + "}"));
  }

  @Test
  void listsAndObjectsAreBounded() {
    String most = String.join(",", Collections.nCopies(400, "'t'"));
    assertInstanceOf(
        Request.Subscribe.class,
        read("{'type':'subscribe','wanted':true,'tracks':[" + most + "]}"));
    refuses(
        "{'type':'subscribe','wanted':true,'tracks':[" + most + ",'t']}",
        "tracks must be a short list of strings");
    String sections =
        IntStream.range(0, 33)
            .mapToObj(i -> "'" + i + "':{'source':'x'}")
            .collect(Collectors.joining(","));
    refuses("{'type':'offer','to':'sfu','sdp':'','tracks':{" + sections + "}}", "too many members");
    refuses(
        "{'type':'offer','to':'sfu','sdp':'','tracks':{'0':{},'\\u0030':{}}}",
        "a member is there twice");
  }

  @Test
  void writesEveryNotice() {
    writes(
        new Notice.Described(null, SdpType.OFFER, 4, "v=0\r\n"),
        9,
        "{'type':'offer','seq':9,'from':'sfu','number':4,'sdp':'v=0\\r\\n'}");
    writes(
        new Notice.Described("7", SdpType.ANSWER, 5, "v"),
        9,
        "{'type':'answer','re':7,'seq':9,'from':'sfu','number':5,'sdp':'v'}");
    writes(
        new Notice.MediaChanged(PeerState.CONNECTED, null),
        1,
        "{'type':'media','seq':1,'state':'connected'}");
    writes(
        new Notice.MediaChanged(PeerState.CLOSED, "consent"),
        2,
        "{'type':'media','seq':2,'state':'closed','reason':'consent'}");
    writes(new Notice.TopologyChanged(Topology.SFU), 3, "{'type':'topology','seq':3,'mode':'sfu'}");
    var track = new TrackView("t", "p", TrackKind.AUDIO, null, "opus", true, List.of());
    String text =
        "{'id':'t','participant':'p','kind':'audio','codec':'opus','muted':true,'layers':[],'encrypted':false}}";
    writes(
        new Notice.TrackPublished(track, null),
        4,
        "{'type':'track-published','seq':4,'track':" + text);
    writes(
        new Notice.TrackPublished(track, "1"),
        4,
        "{'type':'track-published','seq':4,'mid':'1','track':" + text);
    writes(new Notice.TrackChanged(track), 5, "{'type':'track-changed','seq':5,'track':" + text);
    writes(
        new Notice.TrackUnpublished("p", "t"),
        6,
        "{'type':'track-unpublished','seq':6,'participant':'p','track':'t'}");
    writes(
        new Notice.TrackSubscribed("t", "3"),
        7,
        "{'type':'track-subscribed','seq':7,'track':'t','mid':'3'}");
    writes(
        new Notice.TrackSubscribed("t", null),
        8,
        "{'type':'track-subscribed','seq':8,'track':'t','mid':null}");
    writes(
        new Notice.Speakers(
            List.of(
                new SpeakerView("p", 1),
                new SpeakerView("q", 0.678),
                new SpeakerView("r", 0.051),
                new SpeakerView("s", -3))),
        0,
        "{'type':'speakers','speakers':[{'participant':'p','level':1},"
            + "{'participant':'q','level':0.68},{'participant':'r','level':0.05},"
            + "{'participant':'s','level':0.00}]}");
    writes(new Notice.Speakers(List.of()), 0, "{'type':'speakers','speakers':[]}");
    writes(
        new Notice.Mute("p", Medium.VIDEO, "t"),
        9,
        "{'type':'mute','seq':9,'from':'p','kind':'video','track':'t'}");
  }
}
