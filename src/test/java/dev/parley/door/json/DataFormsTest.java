package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.DataMessage;
import dev.parley.signal.DataContent;
import dev.parley.signal.Notice;
import dev.parley.signal.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Data messages of `parley.v1`, on the socket and on data channels.
class DataFormsTest {
  private static final DataForms FORMS = DataForms.INSTANCE;

  private static Request read(String text) {
    return Dialect.PARLEY_V1.read(text.replace('\'', '"'));
  }

  private static byte[] utf8(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static DataMessage text(String text) {
    return new DataMessage("parley", false, utf8(text));
  }

  private static DataMessage binary(String label, String head, int... octets) {
    byte[] json = utf8(head);
    byte[] whole = new byte[2 + json.length + octets.length];
    whole[1] = (byte) json.length;
    System.arraycopy(json, 0, whole, 2, json.length);
    for (int i = 0; i < octets.length; i++) {
      whole[2 + json.length + i] = (byte) octets[i];
    }
    return new DataMessage(label, true, whole);
  }

  @Test
  void readsWhatIsSaidOnTheSocket() {
    assertEquals(
        new Request.Data("1", null, DataContent.text("chat", "hi")),
        read("{'type':'data','id':1,'topic':'chat','text':'hi'}"));
    assertEquals(
        new Request.Data(null, List.of("p2"), DataContent.text(null, "")),
        read("{'type':'data','to':'p2','text':''}"));
    assertEquals(
        new Request.Data(
            null, List.of("p2", "p3"), DataContent.binary(null, true, new byte[] {1, -1})),
        read("{'type':'data','to':['p2','p3'],'lossy':true,'bytes':'Af8='}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'data'}",
        "{'type':'data','text':'a','bytes':''}",
        "{'type':'data','bytes':'%'}",
        "{'type':'data','text':'a','to':7}",
        "{'type':'data','text':'a','to':[]}"
      })
  void refusesWhatSaysNothingOrBoth(String text) {
    assertInstanceOf(Request.Unreadable.class, read(text));
  }

  @Test
  void writesForTheSocket() {
    assertEquals(
        "{'type':'data','seq':4,'from':'p1','topic':'chat','text':'hi'}".replace('\'', '"'),
        Dialect.PARLEY_V1.write(new Notice.Data("p1", false, DataContent.text("chat", "hi")), 4));
    assertEquals(
        "{'type':'data','direct':true,'lossy':true,'bytes':'Af8='}".replace('\'', '"'),
        Dialect.PARLEY_V1.write(
            new Notice.Data(null, true, DataContent.binary(null, true, new byte[] {1, -1})), 0));
  }

  @Test
  void whatOnlyAnotherFormCanSayIsNotWritten() {
    var foreign = new DataContent(null, false, false, null, new DataContent.Foreign(FORMS, null));
    assertNull(Dialect.PARLEY_V1.write(new Notice.Data("p1", false, foreign), 1));
    assertNull(FORMS.write(new Notice.Data("p1", false, foreign)));
  }

  @Test
  void theClassicExchangeHasNone() {
    assertNull(
        Dialect.CLASSIC.write(new Notice.Data("p1", false, DataContent.text(null, "hi")), 1));
  }

  @Test
  void textOnAChannelIsAsOnTheSocket() {
    assertEquals(
        new Request.Data(null, List.of("p2"), DataContent.text("chat", "hi")),
        FORMS.read(text("{'to':'p2','topic':'chat','text':'hi'}")));
    assertEquals(
        text("{'type':'data','from':'p1','text':'hi'}"),
        FORMS.write(new Notice.Data("p1", false, DataContent.text(null, "hi"))));
  }

  @Test
  void octetsOnAChannelHaveTheirJsonBeforeThem() {
    assertEquals(
        new Request.Data(null, null, DataContent.binary("file", false, new byte[] {1, 2})),
        FORMS.read(binary("parley", "{'topic':'file'}", 1, 2)));
    assertEquals(
        new Request.Data(null, null, DataContent.binary(null, true, new byte[0])),
        FORMS.read(binary("parley-lossy", "{}")));
    assertEquals(
        binary("parley-lossy", "{'from':'p1','topic':'at','direct':true}", 7),
        FORMS.write(new Notice.Data("p1", true, DataContent.binary("at", true, new byte[] {7}))));
  }

  @Test
  void whatIsNoneOfThisIsDropped() {
    assertNull(FORMS.read(text("{'to':'p2'}")));
    assertNull(FORMS.read(text("hello")));
    assertNull(FORMS.read(new DataMessage("parley", false, new byte[] {'"', (byte) 0xff})));
    assertNull(FORMS.read(new DataMessage("parley", true, new byte[] {1})));
    assertNull(FORMS.read(new DataMessage("parley", true, new byte[] {0, 3, '{', '}'})));
  }

  @Property
  void hostileOctetsAreReadOrDropped(@ForAll boolean binary, @ForAll byte[] octets) {
    FORMS.read(new DataMessage("parley", binary, octets));
  }
}
