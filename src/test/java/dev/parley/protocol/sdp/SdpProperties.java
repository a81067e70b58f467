package dev.parley.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.protocol.sdp.Attribute.Simulcast.Version;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SdpProperties {
  private static Arbitrary<String> word(int shortest, int longest) {
    return Arbitraries.strings().alpha().numeric().ofMinLength(shortest).ofMaxLength(longest);
  }

  private static Arbitrary<Integer> type() {
    return Arbitraries.integers().between(0, 127);
  }

  private static Arbitrary<Long> ssrc() {
    return Arbitraries.longs().between(0, 0xffff_ffffL);
  }

  @Provide
  Arbitrary<Attribute> attribute() {
    Arbitrary<List<List<Version>>> streams =
        Combinators.combine(word(1, 8), Arbitraries.of(true, false))
            .as(Version::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Arbitraries.oneOf(
        Arbitraries.of(Flag.class),
        Arbitraries.of(Direction.class),
        Arbitraries.of(Setup.class),
        word(1, 64).map(Attribute.Mid::new),
        word(4, 256).map(Attribute.IceUfrag::new),
        word(22, 256).map(Attribute.IcePwd::new),
        word(1, 9).list().ofMaxSize(3).map(Attribute.IceOptions::new),
        word(0, 80).map(Attribute.Candidate::new),
        Combinators.combine(word(1, 9), word(1, 9).list().ofMaxSize(9)).as(Attribute.Group::new),
        Combinators.combine(word(1, 9), word(1, 9)).as(Attribute.Msid::new),
        Combinators.combine(
                type(),
                word(1, 9),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.integers().between(1, 255))
            .as(Attribute.RtpMap::new),
        Combinators.combine(type(), word(1, 9)).as(Attribute.Fmtp::new),
        Combinators.combine(Arbitraries.integers().between(-1, 127), word(1, 9))
            .as(Attribute.RtcpFeedback::new),
        Combinators.combine(
                Arbitraries.integers().between(1, 255),
                Arbitraries.of(Direction.class),
                word(1, 40),
                word(0, 9))
            .as(ExtensionMap::new),
        Arbitraries.bytes().array(byte[].class).ofSize(32).map(b -> Fingerprint.of("sha-256", b)),
        Combinators.combine(word(1, 9), Arbitraries.of(true, false), word(0, 9))
            .as(Attribute.Rid::new),
        Combinators.combine(streams, streams).as(Attribute.Simulcast::new),
        Combinators.combine(ssrc(), word(0, 9)).as(Attribute.Ssrc::new),
        Combinators.combine(word(1, 9), ssrc().list().ofMaxSize(4)).as(Attribute.SsrcGroup::new),
        Arbitraries.integers().between(0, 65535).map(Attribute.SctpPort::new),
        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Attribute.MaxMessageSize::new),
        word(1, 9).map(name -> new Attribute.Other("x-" + name, "some thing")));
  }

  @Property(tries = 400)
  void whatWasWrittenIsReadBack(
      @ForAll @Size(max = 5) List<@Size(max = 30) List<@From("attribute") Attribute>> attributes,
      @ForAll @IntRange(max = 65535) int port)
      throws SdpRefused {
    List<MediaSection> sections = new ArrayList<>();
    for (List<Attribute> each : attributes) {
      List<SdpLine> lines = List.of(SdpLine.NOWHERE);
      sections.add(
          new MediaSection("video", port, "UDP/TLS/RTP/SAVPF", List.of("96", "x"), lines, each));
    }
    List<Attribute> session = attributes.isEmpty() ? List.of() : attributes.getFirst();
    SessionDescription written =
        new SessionDescription(
            Origin.NONE, "-", List.of(new SdpLine('t', "0 0")), session, sections);
    assertEquals(written, SessionDescription.parse(written.write()));
  }

  @Property(tries = 300)
  void anyTextEndsInARefusalOrADescription(@ForAll String text) {
    tried(text);
    tried("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\na=" + text);
    tried("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nm=" + text);
  }

  @Property(tries = 300)
  void aBrowsersTextCutAndMixedEndsInARefusalOrAnAnswer(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 6000) Integer> places,
      @ForAll boolean firefox) {
    StringBuilder text =
        new StringBuilder(Corpus.text(firefox ? "firefox-offer" : "chromium-offer"));
    for (int i = 0; i < places.size(); i++) {
      int at = places.get(i) % text.length();
      switch (i % 4) {
        case 0 -> text.setCharAt(at, (char) (places.get(i) % 96 + 32));
        case 1 -> text.delete(at, Math.min(text.length(), at + i));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        default -> text.insert(at, '\n');
      }
    }
    tried(text.toString());
  }

  private static void tried(String text) {
    try {
      TrickleFragment.parse(text);
    } catch (SdpRefused e) {
      assertEquals(true, e.line() >= 0);
    }
    try {
      SessionDescription read = SessionDescription.parse(text);
      assertEquals(read, SessionDescription.parse(read.write()));
      Negotiation server = Server.negotiation(true);
      server.want(List.of(Server.video(1), Server.audio(2)));
      server.answer(0, read);
      SessionDescription.parse(server.offerNeeded() ? server.offer().text() : read.write());
    } catch (SdpRefused | NegotiationRefused e) {
      assertEquals(0, e.getStackTrace().length);
    }
  }

  @Property(tries = 100)
  void aFragmentIsReadBack(
      @ForAll @Size(max = 4) List<@Size(max = 5) List<@IntRange(max = 9) Integer>> candidates,
      @ForAll boolean ended)
      throws SdpRefused {
    List<TrickleFragment.Part> parts = new ArrayList<>();
    for (List<Integer> each : candidates) {
      List<String> lines =
          each.stream().map(n -> n + " 1 udp 1 192.0.2.1 " + n + " typ host").toList();
      parts.add(new TrickleFragment.Part("m" + parts.size(), lines, ended));
    }
    TrickleFragment written = new TrickleFragment("ufra", "p".repeat(22), !ended, parts, ended);
    assertEquals(written, TrickleFragment.parse(written.write()));
  }
}
