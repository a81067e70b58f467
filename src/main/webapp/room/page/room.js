import { Call, FrameEncryption, LocalMedia, ParleyError, Session } from '../../parley.js';
import { $, copy, icon, make, toast } from '../../page/elements.js';
import { nameOf, rest, whoAmI } from '../../page/rest.js';
import { DEVICE_WORDS, LOAD_WORDS, words } from '../../page/words.js';
import { Chat } from './chat.js';
import { MediaState } from './media-state.js';
import { People } from './people.js';
import { Preview, paint } from './preview.js';
import { Stage } from './stage.js';

const name = decodeURIComponent(location.pathname.split('/').pop());
const query = new URLSearchParams(location.search);
const invite = query.get('invite') ?? undefined;
// `?relay`: through the TURN server only, so that the others do not learn one's address.
const configuration = query.has('relay') ? { iceTransportPolicy: 'relay' } : {};
// Sites that mint their own access tokens link to `/room/name#token=…`: a fragment stays in the browser.
const fragment = new URLSearchParams(location.hash.slice(1));
const given = fragment.get('token');
// A word that all know, for a room that is encrypted from end to end: `/room/name#key=…`.
const secret = fragment.get('key');
const media = new LocalMedia();
const preview = new Preview(media);
const stage = new Stage();
/** The steps of a server that has too much to do, the worst last. */
const LOADS = ['none', 'smaller', 'fewer', 'full'];
let session = null;
let account = null;

/** Shows one of `preview`, `waiting`, `meeting`, `ended`. */
function enter(next, focus) {
  document.body.dataset.stage = next;
  for (const one of ['preview', 'waiting', 'meeting', 'ended']) $(one).hidden = one !== next;
  focus?.focus();
}

/** Says on the preview why it did not work, with what can be done about it. */
function refuse(error) {
  const { title, text, remedy, code } = words(error);
  const note = $('refusal');
  note.dataset.code = code;
  note.replaceChildren(make('strong', {}, title), make('span', {}, text));
  if (remedy === 'sign-in' && !account) {
    note.append(make('a', { href: `../?room=${encodeURIComponent(name)}` }, 'Sign in'));
  }
  if (remedy === 'start') note.append(make('a', { href: '../' }, 'Back to the start'));
  note.hidden = false;
  enter('preview', $('join'));
}

/** An access token for this room: the one given, or by the account, the invitation, the open door. */
async function token() {
  if (given) return given;
  try {
    const body = { invite, name: $('name').value.trim() };
    return (await rest('POST', `rooms/${encodeURIComponent(name)}/tokens`, body))?.token;
  } catch (error) {
    // busy or broken for a moment: a session that rejoins tries again
    if (error.code === 'unreachable' && session?.state === 'reconnecting') throw new Error('later');
    throw error;
  }
}

/** What encrypts with the word of the link, once for the page; undefined where it has none. */
async function encryption() {
  if (!secret || !FrameEncryption.supported) return undefined;
  if (!encryption.made) {
    encryption.made = new FrameEncryption({ salt: name });
    await encryption.made.setKey(secret);
  }
  return encryption.made;
}

async function join() {
  const wished = $('name').value.trim();
  if (!wished) {
    $('name-word').textContent = 'Please say who you are.';
    $('name').setAttribute('aria-invalid', 'true');
    $('name').focus();
    return;
  }
  localStorage.setItem('parley.name', wished);
  $('refusal').hidden = true;
  $('join').disabled = true;
  $('join').textContent = 'Joining…';
  const { audioOn: audio, videoOn: video } = media;
  const keeper = await encryption();
  session = new Session({ room: name, name: wished, token, audio, video });
  const call = new Call(session, media, { configuration, encryption: keeper });
  globalThis.parley = { session, call, media }; // for the console, and for tests
  attend(session, call, keeper);
  try {
    await session.join();
  } catch (error) {
    if (document.body.dataset.stage !== 'ended' && error.code !== 'closed') refuse(error);
  } finally {
    $('join').disabled = false;
    $('join').textContent = 'Join';
  }
}

/** Shows what happens in a session until it closes. */
function attend(session, call, keeper) {
  const people = new People(session, call);
  const chat = new Chat(session, Boolean(keeper));
  people.onopen = () => chat.hide();
  chat.onopen = () => people.hide();
  const trouble = new MediaState();
  const on = (type, handle) => session.addEventListener(type, ({ detail }) => handle(detail));
  const names = new Map(); // of those who leave, after they left
  const everyone = () => {
    stage.show(session.self, true);
    for (const one of session.participants.values()) {
      names.set(one.id, one.name);
      if (one.kind === 'viewer') continue; // watches by another program, and is in the list
      stage.show(asSeen(one, call));
      stage.stream(one.id, call.stream(one.id));
      call.watch(one.id, stage.element(one.id));
      stage.paused(one.id, call.held(one.id));
      stage.quality(one.id, call.quality(one.id));
    }
    stage.quality(session.self.id, call.quality(session.self.id));
    people.show();
    // from peer to peer it is always so, and tracks are the server's only
    $('encrypted').hidden = !keeper || ![...session.tracks.values()].every(({ encrypted }) => encrypted);
  };
  on('waiting', () => enter('waiting', $('waiting').querySelector('h1')));
  on('joined', () => {
    stage.clear();
    document.title = `${session.room.title || name} · Parley`;
    $('where').textContent = session.room.title || name;
    everyone();
    mirror(session);
    if (document.body.dataset.stage !== 'meeting') enter('meeting', $('mic'));
  });
  on('participant-joined', ({ participant }) => {
    everyone();
    if (participant.kind !== 'viewer') toast(`${participant.name} has joined.`);
  });
  on('participant-changed', everyone);
  for (const type of ['track-published', 'track-changed', 'track-unpublished']) on(type, everyone);
  on('participant-left', ({ participant, reason }) => {
    const shown = stage.remove(participant);
    everyone();
    if (reason !== 'replaced' && shown) toast(`${names.get(participant)} has left.`);
  });
  on('resumed', () => session.self && session.state === 'joined' && everyone());
  on('knock', ({ participant }) => {
    people.show();
    if ($('knock').hidden) toast(`${participant.name} is waiting to come in.`);
  });
  on('knock-ended', () => people.show());
  on('room', () => people.show());
  on('mute', ({ from, kind, track }) => silence(session, from, kind, track));
  on('state', ({ state }) => ($('reconnecting').hidden = state !== 'reconnecting'));
  on('closed', ({ error }) => over(error));
  call.addEventListener('refused', ({ detail: { error, sources } }) => {
    if (sources.includes('screen')) media.stopScreen();
    else if (sources.includes('screen-audio')) media.stopScreenAudio();
    const { title, text } = words(error);
    if (sources.length) toast(`${title}. ${text}`);
  });
  call.addEventListener('stream', ({ detail: { id, stream } }) => {
    stage.stream(id, stream);
    stage.paused(id, call.held(id)); // another track of theirs may be shown
  });
  call.addEventListener('state', ({ detail }) => stage.connection(detail.id, detail.state));
  call.addEventListener('streamstate', ({ detail: { id } }) => stage.paused(id, call.held(id)));
  let load = 'none';
  call.addEventListener('load', ({ detail: { step } }) => {
    if (LOADS.indexOf(step) > LOADS.indexOf(load)) toast(LOAD_WORDS[step]);
    load = step;
  });
  call.addEventListener('quality', ({ detail }) => stage.quality(detail.id, detail));
  call.addEventListener('topology', everyone);
  call.addEventListener('speakers', ({ detail }) => stage.speakers(detail.speakers));
  call.addEventListener('connection', ({ detail }) => trouble.show(detail));
  keeper?.addEventListener('undecryptable', ({ detail }) => stage.locked(detail.participant));
  $('leave').onclick = $('waiting-leave').onclick = () => session.leave();
}

/** A participant as the server lets it be seen: what a moderator muted there nobody sees or hears. */
function asSeen(one, call) {
  const tracks = call.tracks(one.id);
  const mutedAs = (source) => call.mode === 'sfu' && tracks.get(source)?.muted === true;
  if (one.kind === 'encoder') {
    const sends = (kind) => [...tracks.values()].some((track) => track.kind === kind && !track.muted);
    return { ...one, audio: sends('audio'), video: sends('video') };
  }
  return { ...one, audio: one.audio && !mutedAs('microphone'), video: one.video && !mutedAs('camera') };
}

/** What a moderator has done, or asks for; by source, or by kind where that is not known. */
const SILENCED = {
  screen: ['stopped your screen', 'stop sharing your screen'],
  'screen-audio': ['turned the sound of your screen off', 'share your screen without its sound'],
  audio: ['muted you', 'mute'],
  video: ['turned your camera off', 'turn your camera off'],
};

/** A moderator asks to mute, or has muted a track at the server: either way it is off here too. */
function silence(session, from, kind, track) {
  const source = session.tracks.get(track)?.source;
  if (source === 'screen') media.stopScreen();
  else if (source === 'screen-audio') media.stopScreenAudio();
  else if (kind === 'audio') media.setAudio(false);
  else media.setVideo(false);
  const who = session.participants.get(from)?.name ?? 'A moderator';
  const what = SILENCED[source] ?? SILENCED[kind];
  toast(track ? `${who} has ${what[0]}.` : `${who} has asked you to ${what[1]}.`);
}

/** Shows one's own tile as `media` is. */
function mirror(session) {
  if (session?.state !== 'joined') return;
  const { audioOn, videoOn, screenOn, videoTrack } = media;
  Object.assign(session.self, { audio: audioOn, video: videoOn, screen: screenOn });
  stage.show(session.self, true);
  const { id } = session.self;
  if (mirror.track !== videoTrack || mirror.id !== id) {
    stage.stream(id, videoTrack ? new MediaStream([videoTrack]) : null);
    Object.assign(mirror, { track: videoTrack, id });
  }
}

/** The session has closed: words for why, unless the preview says them. */
function over(error) {
  const stageBefore = document.body.dataset.stage;
  stage.clear();
  $('media-state').hidden = true;
  if (stageBefore === 'preview') return;
  media.close(); // the camera's light goes out
  const { title, text, remedy, code } = words(error ?? { code: 'closed' });
  $('ended-title').textContent = title;
  $('ended-text').textContent = text;
  $('ended').dataset.code = code;
  $('again').hidden = remedy !== 'again';
  enter('ended', $('ended-title'));
}

media.addEventListener('changed', () => {
  paint($('mic'), 'audio', media.audioOn);
  paint($('camera'), 'video', media.videoOn);
  $('share').dataset.active = media.screenOn;
  $('share').replaceChildren(icon('screen'), make('span', {}, media.screenOn ? 'Stop sharing' : 'Share'));
  mirror(session);
});

$('join-form').onsubmit = (event) => {
  event.preventDefault();
  join();
};
$('name').oninput = () => $('name').removeAttribute('aria-invalid');
$('mic').onclick = () => device('audio', media.setAudio(!media.audioOn));
$('camera').onclick = () => device('video', media.setVideo(!media.videoOn));
$('share').hidden = !navigator.mediaDevices?.getDisplayMedia;
$('share').onclick = () => (media.screenOn ? media.stopScreen() : media.shareScreen());
$('again').onclick = () => {
  enter('preview', $('join'));
  preview.open();
};
$('copy').onclick = async () => {
  let link = location.href;
  if (session?.self?.moderator && session.room?.access === 'members' && account) {
    const made = await rest('POST', `rooms/${encodeURIComponent(name)}/invites`, {}).catch(() => null);
    if (made?.url) link = new URL(secret ? `${made.url}#key=${encodeURIComponent(secret)}` : made.url, location).href;
  }
  copy(link, 'The link is copied.');
};
addEventListener('pagehide', () => session?.leave());
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

/** Waits for a switch and says what is in its way. */
async function device(kind, switched) {
  await switched;
  const problem = media.problems[kind];
  if (problem) toast(DEVICE_WORDS[kind][problem]);
}

$('preview-title').textContent = name;
$('name').value = localStorage.getItem('parley.name') ?? '';
document.title = `${name} · Parley`;
media.dispatchEvent(new CustomEvent('changed'));
if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) refuse(new ParleyError('room-name-invalid'));
$('name').focus();
preview.open();
account = await whoAmI();
if (account) {
  $('signed-in').textContent = `Signed in as ${nameOf(account)}.`;
  if (!$('name').value) $('name').value = nameOf(account);
}
