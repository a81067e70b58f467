package dev.parley.protocol.sdp;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// What descriptions of large rooms cost a loop: milliseconds of CPU of offers, answers and bombs.
/// Run by hand.
final class SdpCost {
  private static final int ROUNDS = 40;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SdpCost() {}

  private static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  public static void main(String[] arguments) throws Exception {
    for (int sections : new int[] {50, 100, 200, 400, 100, 200, 400}) {
      round(sections);
    }
    String head = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";
    bomb("formats", head + ("m=video 9 X" + " 9".repeat(1_900) + "\n").repeat(400));
    bomb("attributes", head + ("m=video 9 X 96\n" + "a=rtpmap:96 VP8/9\n".repeat(118)).repeat(400));
    bomb("sources", head + ("m=video 9 X 96\n" + "a=ssrc:1 cname:x\n".repeat(118)).repeat(400));
    bomb("parameters", head + ("m=video 9 X 96\n" + "a=fmtp:96 a=1;b=2\n".repeat(118)).repeat(400));
  }

  private static void round(int sections) throws Exception {
    Negotiation server = Server.negotiation();
    var known = new SectionTexts();
    List<Outgoing> all = new ArrayList<>();
    for (int i = 0; i < sections / 2; i++) {
      all.add(Server.audio(i));
      all.add(Server.video(i));
    }
    long[] spent = new long[4];
    int length = 0;
    for (int i = 0; i < ROUNDS; i++) {
      // One leaves, or comes.
      server.want(all.subList(0, sections - i % 2));
      long began = now();
      Offer offer = server.offer();
      long made = now();
      String text = offer.text();
      long spelt = now();
      String answer = Server.answered(text, "clie");
      length = answer.length();
      long came = now();
      SessionDescription read = SessionDescription.parse(answer, SdpLimits.STANDARD, known);
      long parsed = now();
      server.accept(offer.number(), read);
      if (i >= ROUNDS / 2) {
        spent[0] += made - began;
        spent[1] += spelt - made;
        spent[2] += parsed - came;
        spent[3] += now() - parsed;
      }
    }
    System.out.printf("%d sections, answer of %d KB, ms:", sections, length >> 10);
    System.out.printf(" offer %s, spell %s,", millis(spent[0]), millis(spent[1]));
    System.out.printf(" parse %s, accept %s%n", millis(spent[2]), millis(spent[3]));
  }

  private static String millis(long spent) {
    return "%.1f".formatted(spent / 1e6 / (ROUNDS - ROUNDS / 2));
  }

  private static void bomb(String name, String text) throws Exception {
    Callable<Object> read =
        () -> {
          try {
            return Server.negotiation().answer(0, SessionDescription.parse(text)).number();
          } catch (SdpRefused refused) {
            return refused.reason();
          } catch (NegotiationRefused refused) {
            return refused.reason();
          }
        };
    Object what = null;
    for (int i = 0; i < ROUNDS / 2; i++) {
      what = read.call();
    }
    long began = now();
    for (int i = ROUNDS / 2; i < ROUNDS; i++) {
      what = read.call();
    }
    String spent = millis(now() - began);
    System.out.printf("bomb of %s, %d KB: %s ms, %s%n", name, text.length() >> 10, spent, what);
  }
}
