/** What people read when something is refused: a title, a sentence, and what they can do about it. */
const WORDS = {
  'room-full': ['The room is full', 'Everyone who fits is already in. Try again when somebody has left.', 'again'],
  'room-locked': ['The room is locked', 'A moderator has locked it. Ask them to unlock it, then try again.', 'again'],
  'room-not-found': ['There is no such room', 'Check the link, or ask whoever sent it to you. Rooms can be deleted.', 'start'],
  'room-name-invalid': [
    'This is not a room name',
    'A room name has 1 to 64 characters: small letters, digits, dots, dashes and underscores.',
    'start',
  ],
  'room-exists': ['The name is taken', 'There is a room of this name already. Choose another one.'],
  'room-closed': ['The meeting is over', 'The room was closed, or the server is restarting.', 'again'],
  'token-missing': ['This room is for members', 'Sign in, or open the invitation link that you were sent.', 'sign-in'],
  'token-expired': ['Your invitation has expired', 'Ask for a new link, or sign in.', 'sign-in'],
  'token-not-yet-valid': ['You are early', 'Your invitation is not valid yet. Try again when the meeting begins.', 'again'],
  'token-other-room': ['This invitation is for another room', 'Check the link that you were sent.', 'start'],
  'token-not-granted': ['You may not join this room', 'Your account or invitation does not allow it.', 'sign-in'],
  'token-malformed': ['This invitation is damaged', 'Copy the whole link and try again, or ask for a new one.', 'sign-in'],
  'token-signature': ['This invitation is not from this server', 'Ask for a new link, or sign in.', 'sign-in'],
  'token-unknown-key': ['This invitation is no longer accepted', 'The key that made it was withdrawn. Ask for a new link.', 'sign-in'],
  'invite-invalid': ['This invitation is no longer valid', 'It has expired or was withdrawn. Ask for a new link.', 'sign-in'],
  'origin-refused': ['This page may not use the server', 'The server does not accept calls from this address. Tell its administrator.'],
  'sfu-unavailable': [
    'This room needs a media server',
    'It is set to a mode that this server does not offer now. A moderator can change it.',
    'start',
  ],
  'too-many-peers': ['The media server is full', 'You are in the meeting, but cannot see or hear the others yet. Trying again…'],
  overloaded: ['The media server has too much to do', 'You are in the meeting, but cannot see or hear the others yet. Trying again…'],
  'message-too-big': ['This meeting is too large for this browser', 'It would have to take more cameras and microphones at a time than the server agrees on. It goes on with what it has.'],
  'too-many-tracks': ['The room takes no more of these', 'It has as many cameras, microphones and screens as it may have.'],
  'too-many-streams': ['The room takes no more of these', 'It has as many cameras, microphones and screens as it may have.'],
  'too-much-bitrate': ['The room takes no more of these', 'What is sent in it is as much as it may carry.'],
  'encryption-required': [
    'This room is encrypted from end to end',
    'Only who has its key can be seen and heard in it.',
  ],
  'encryption-not-allowed': ['This room allows no end-to-end encryption', 'What you send is encrypted, and it may not be here.'],
  'publish-not-allowed': ['You can watch and listen', 'Your invitation does not allow you to be seen or heard.'],
  'subscribe-not-allowed': ['You cannot watch this', 'Your invitation does not allow it.'],
  'media-unreachable': ['Sound and picture do not get through', 'Your network seems to block them. Trying again…'],
  'data-not-allowed': ['You cannot write here', 'Your invitation does not allow it.'],
  'data-too-long': ['This is too long', 'Send it in parts.'],
  'too-many-channels': ['This is too much at once', 'Close something and try again.'],
  'media-closed': ['Sound and picture were cut', 'They come back by themselves in a moment.'],
  'sdp-malformed': ['This browser and the media server do not understand each other', 'Update the browser or try another one. Trying again…'],
  'sdp-unacceptable': ['This browser and the media server do not understand each other', 'Update the browser or try another one. Trying again…'],
  'stale-description': ['Sound and picture were out of step', 'They come back by themselves in a moment.'],
  'track-not-found': ['It is over', 'What this was for is not sent any more.'],
  'topology-unsupported': ['This page cannot join that room', 'The room uses a mode that this page does not know.', 'start'],
  removed: ['You were removed', 'A moderator has taken you out of the meeting.', 'start'],
  denied: ['You were not let in', 'A moderator has declined your request to join.', 'start'],
  replaced: ['You joined somewhere else', 'The meeting goes on in your other window or device.', 'again'],
  'rate-limited': ['Too much at once', 'The server asks you to slow down. Wait a moment, then try again.', 'again'],
  'resume-failed': ['The connection was lost for too long', 'Join again to go on.', 'again'],
  'connection-lost': ['The connection was lost', 'Join again to go on.', 'again'],
  unreachable: ['The server does not answer', 'Check your network connection, then try again.', 'again'],
  'login-refused': ['That did not match', 'The account or the password is wrong.'],
  'login-throttled': ['Too many attempts', 'Wait a minute, then try again.'],
  busy: ['The server is busy', 'Wait a moment, then try again.', 'again'],
  'participant-not-found': ['They are gone', 'Whoever this was for has left already.'],
  internal: ['The server had a problem', 'Try again. If it stays, tell the administrator.', 'again'],
  'setting-invalid': ['That setting is not possible', 'Choose another value.'],
  'not-allowed': ['You may not do that', 'Your role does not allow it.'],
  'not-logged-in': ['You are signed out', 'Sign in again to go on.', 'sign-in'],
  'password-unsuitable': ['Choose another password', 'It is too short or too long.'],
  closed: ['You have left', 'See you.', 'again'],
};

const UNKNOWN = ['Something went wrong', 'The server did not say what. Try again, and tell its administrator if it stays.', 'again'];

/**
 * Words for an error.
 *
 * @param {{code: string, reason?: string}} error
 * @returns {{title: string, text: string, remedy: 'again'|'start'|'sign-in'|undefined, code: string}}
 */
export function words({ code, reason }) {
  const status = { 'http-401': 'not-logged-in', 'http-403': 'not-allowed', 'http-429': 'rate-limited' }[code];
  const key = code === 'removed' && reason === 'denied' ? 'denied' : status ?? code;
  const [title, text, remedy] = WORDS[key] ?? UNKNOWN;
  return { title, text, remedy, code };
}

/** Words for what a server does without that has too much to do, by the steps of `load`. */
export const LOAD_WORDS = {
  smaller: 'The server has much to do: pictures are smaller for a while.',
  fewer: 'The server has too much to do: some videos are not shown, and pictures move less, for a while.',
  full: 'The server has too much to do: who comes now cannot be seen or heard yet.',
};

/** Words for a device that cannot be had, by kind and by the problems of LocalMedia. */
export const DEVICE_WORDS = {
  audio: {
    denied: 'The browser may not use your microphone. Allow it in the address bar to be heard.',
    missing: 'No microphone was found. You can listen.',
    busy: 'The microphone is in use by another program.',
    insecure: 'The browser gives out microphones only on secure pages (https).',
  },
  video: {
    denied: 'The browser may not use your camera. Allow it in the address bar to be seen.',
    missing: 'No camera was found. Others will see your name.',
    busy: 'The camera is in use by another program.',
    insecure: 'The browser gives out cameras only on secure pages (https).',
  },
  both: {
    denied: 'The browser may not use your camera and microphone. You can join and listen; allow them in the address bar to be seen and heard.',
    missing: 'No camera or microphone was found. You can join and listen.',
    busy: 'Camera and microphone are in use by another program. You can join and listen.',
    insecure: 'The browser gives out cameras and microphones only on secure pages (https). You can join and listen.',
  },
};
