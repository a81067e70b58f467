package dev.parley.media;

/// What the enterprise half orders of the media half; an event loop takes it from its mailbox.
public sealed interface MediaCommand
    permits MediaCommand.Stop,
        MediaCommand.FollowPolicy,
        MediaCommand.TurnKey,
        MediaCommand.RevokeTurn,
        MediaCommand.ListAllocations,
        MediaCommand.EndAllocation,
        SfuCommand {
  /// Finish what is at hand, send what is queued, close every socket, end the loop.
  record Stop() implements MediaCommand {}

  /// Follow these TURN rules from now on.
  record FollowPolicy(TurnPolicy policy) implements MediaCommand {}

  /// The answer to [MediaEvent.TurnKeyWanted]; nulls where there is no such user.
  ///
  /// @param question of the event
  /// @param username the user's name, which the question may have had as a hash only
  /// @param md5 the key of RFC 8489, section 18.5.1.1
  /// @param sha256 the key of RFC 8489, section 18.5.1.2
  record TurnKey(long question, String username, byte[] md5, byte[] sha256)
      implements MediaCommand {
    /// Nothing secret.
    @Override
    public String toString() {
      return "TurnKey[" + question + "]";
    }
  }

  /// Take credentials back: they are refused from now on and their allocations end; answered by
  /// [MediaEvent.AllocationsEnded].
  ///
  /// @param question names the answer
  /// @param user all time-limited credentials of this user that expire no later than `until`, and
  ///   the user of the database; or null
  /// @param username one credential; or null
  /// @param until seconds since 1970 after which it need not be remembered
  record RevokeTurn(long question, String realm, String user, String username, long until)
      implements MediaCommand {}

  /// List allocations, answered by [MediaEvent.Allocations].
  ///
  /// @param most how many at most
  record ListAllocations(long question, int most) implements MediaCommand {}

  /// End one allocation, answered by [MediaEvent.AllocationsEnded].
  record EndAllocation(long question, String id) implements MediaCommand {}
}
