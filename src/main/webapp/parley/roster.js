/**
 * Keeps what a {@link Session} knows of its room up to date: who is there, who waits, how the room is
 * set, which tracks are published at the server.
 *
 * @param {Session} session
 * @param {object} message a notice of signaling.md
 */
export function keep(session, message) {
  const { type, participant, track } = message;
  switch (type) {
    case 'participant-joined':
    case 'participant-changed':
      if (participant.id === session.self.id) session.self = participant;
      else session.participants.set(participant.id, participant);
      break;
    case 'participant-left':
      session.participants.delete(participant);
      for (const [id, one] of session.tracks) if (one.participant === participant) session.tracks.delete(id);
      break;
    case 'knock':
      session.knocking.set(participant.id, participant);
      break;
    case 'knock-ended':
      session.knocking.delete(participant);
      break;
    case 'room':
      session.room = message.room;
      break;
    case 'topology':
      session.room = { ...session.room, effectiveTopology: message.mode };
      break;
    case 'track-published':
    case 'track-changed':
      session.tracks.set(track.id, track);
      break;
    case 'track-unpublished':
      session.tracks.delete(track);
      break;
  }
}
