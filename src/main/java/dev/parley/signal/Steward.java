package dev.parley.signal;

import dev.parley.media.TrackView;
import java.util.List;

/// The server's own hand in its meetings, for those who administer rooms and take no part. Any
/// thread may use it; a call is one turn of the meeting and waits for nothing else.
///
/// Participants are named by identity or by id; an identity goes first.
public final class Steward {
  private final Meetings meetings;

  Steward(Meetings meetings) {
    this.meetings = meetings;
  }

  /// Who is in a room; nobody where there is no such room.
  public Attendance attendance(String room) {
    var meeting = meetings.live(room);
    if (meeting == null) {
      return Attendance.NOBODY;
    }
    synchronized (meeting) {
      return meeting.oversight().attendance();
    }
  }

  /// Whether somebody is in a room, or was a moment ago.
  public boolean live(String room) {
    return meetings.live(room) != null;
  }

  /// Says something to the applications of those in a room, to those of them who are in; to nobody
  /// where it is empty.
  ///
  /// @param to identities or ids, or null for all
  public void say(String room, List<String> to, DataContent content) {
    meetings.say(room, to, content);
  }

  /// Removes someone from a room.
  ///
  /// @param message a few words for the one who is removed, or null
  public void remove(String room, String who, String message) throws StewardRefused {
    turn(
        room,
        m -> {
          m.oversight().remove(who, message, meetings.now());
          return true;
        });
  }

  /// Changes what others see of someone and what it may do. Whether it is hidden, a recorder or an
  /// agent stays as it is.
  ///
  /// @return how it is from now on
  public ParticipantView update(String room, String who, ParticipantChange change)
      throws StewardRefused {
    return turn(room, m -> m.oversight().update(who, change));
  }

  /// Mutes a track of someone. There is no way to unmute: nobody is made to be heard.
  ///
  /// @return the track as it is from now on
  public TrackView mute(String room, String who, String track) throws StewardRefused {
    return turn(room, m -> m.oversight().mute(who, track));
  }

  /// Has someone sent tracks of others, or sent no more of them.
  public void subscribe(String room, String who, List<String> tracks, boolean wanted)
      throws StewardRefused {
    turn(
        room,
        m -> {
          m.oversight().subscribe(who, tracks, wanted);
          return true;
        });
  }

  @FunctionalInterface
  private interface Turn<T> {
    T in(Meeting meeting) throws StewardRefused;
  }

  /// One turn of the meeting in a room.
  private <T> T turn(String room, Turn<T> what) throws StewardRefused {
    var meeting = meetings.live(room);
    if (meeting == null) {
      throw Oversight.noParticipant();
    }
    var outcome = new Outcome<T>();
    meetings.run(meeting, m -> outcome.take(what, m));
    return outcome.result();
  }

  private static final class Outcome<T> {
    private T result;
    private StewardRefused refused;

    void take(Turn<T> what, Meeting meeting) {
      try {
        result = what.in(meeting);
      } catch (StewardRefused e) {
        refused = e;
      }
    }

    T result() throws StewardRefused {
      if (refused != null) {
        throw refused;
      }
      return result;
    }
  }
}
