package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResumingTest {
  private final Stage stage = new Stage();

  @Test
  void theOthersSeeALostSocketNotALeave() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.loses();
    assertFalse(ann.only(Notice.ParticipantChanged.class).participant().connected());
    ann.clear();
    stage.pass(19_000);
    var again = bob.resumes();
    assertEquals(new Notice.Resumed("2", 1), again.only(Notice.Resumed.class));
    assertEquals(true, ann.only(Notice.ParticipantChanged.class).participant().connected());
    stage.pass(30_000);
    again.open();
    again.offers(ann, "\"after\"");
    assertEquals("\"after\"", ann.only(Notice.Relayed.class).body());
  }

  @Test
  void whatWasMissedFollowsInOrder() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.offers(bob, "\"0\"");
    bob.loses();
    IntStream.range(1, 20).forEach(i -> ann.offers(bob, "\"" + i + "\""));
    var again = bob.resumes();
    ann.offers(bob, "\"20\"");
    assertEquals(
        IntStream.rangeClosed(1, 20).mapToObj(i -> "\"" + i + "\"").toList(),
        again.all(Notice.Relayed.class).stream().map(Notice.Relayed::body).toList());
    assertEquals(
        IntStream.rangeClosed(3, 22).mapToObj(Long::valueOf).toList(),
        again.heard.stream().map(h -> h.seq()).filter(s -> s > 0).toList());
  }

  @Test
  void noticesThatWereSentButNotSeenAreRepeated() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.offers(bob, "\"0\"");
    bob.loses();
    assertEquals("\"0\"", bob.resumes(1).only(Notice.Relayed.class).body());
  }

  @Test
  void aResumeAfterTheGraceTimeFails() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.loses();
    stage.pass(20_250);
    assertEquals(new Notice.ParticipantLeft(bob.id(), Departure.TIMEOUT), ann.notices().getLast());
    var again = bob.resumes();
    again.refusedWith(ErrorCode.RESUME_FAILED);
    assertEquals(CloseReason.RESUME_FAILED, again.closed);
  }

  @Test
  void aResumeThatMissedMoreThanIsKeptFails() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    bob.loses();
    for (int i = 0; i < 1_025; i++) {
      stage.now += 17;
      ann.offers(bob, "\"" + i + "\"");
    }
    var again = bob.resumes();
    again.refusedWith(ErrorCode.RESUME_FAILED);
  }

  @Test
  void whatIsKeptIsBoundInCharactersToo() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    bob.loses();
    IntStream.range(0, 36).forEach(i -> ann.offers(bob, "\"" + "x".repeat(30_000) + "\""));
    bob.resumes().refusedWith(ErrorCode.RESUME_FAILED);
  }

  @Test
  void aClientThatSaysWhatItHasSeenMissesNothing() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    IntStream.range(0, 150).forEach(i -> ann.offers(bob, "\"" + i + "\""));
    bob.says(new Request.Ping(null, bob.seen));
    bob.loses();
    stage.now += 5_000;
    ann.offers(bob, "\"last\"");
    assertEquals("\"last\"", bob.resumes().only(Notice.Relayed.class).body());
  }

  @Test
  void aResumeTakesOverASocketThatSeemsAlive() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    var again = bob.resumes();
    assertEquals(CloseReason.REPLACED, bob.closed);
    assertEquals(List.of(), bob.all(Notice.Removed.class));
    bob.loses();
    assertEquals(List.of(), ann.notices());
    ann.offers(bob, "\"x\"");
    again.only(Notice.Relayed.class);
  }

  @Test
  void aFailedResumeLeavesTheSessionAlone() {
    var ann = stage.joined("ann");
    ann.resumes(99).refusedWith(ErrorCode.RESUME_FAILED);
    var thief = stage.person();
    thief.says(new Request.Resume(null, "guess", 0));
    thief.refusedWith(ErrorCode.RESUME_FAILED);
    var elsewhere = stage.person("other");
    elsewhere.says(new Request.Resume(null, ann.secret, ann.seen));
    elsewhere.refusedWith(ErrorCode.RESUME_FAILED);
    ann.open();
    ann.says(new Request.Ping("1", -1));
    ann.only(Notice.Pong.class);
  }

  @Test
  void nobodyResumesAfterALeave() {
    var ann = stage.joined("ann");
    ann.says(new Request.Leave(null));
    ann.resumes().refusedWith(ErrorCode.RESUME_FAILED);
  }

  @Test
  void aRoomIsNotEmptyWhileSomeoneMayResume() {
    var ann = stage.joined("ann");
    ann.loses();
    stage.pass(20_000 + 59_000);
    assertEquals(1, stage.rooms.list().size());
    stage.pass(2_000);
    assertEquals(0, stage.rooms.list().size());
  }
}
